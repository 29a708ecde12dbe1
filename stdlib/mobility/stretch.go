package mobility

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/rng"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

// stretch has the sums of [Integrated] over the samples of one part of a series, about the mean of all.
type stretch struct {
	t     *trajectory.Trajectory
	mean  []float64
	count float64 // starts

	drop     *mat.Dense // Σ [x(0) − x̂/τ − e^{−H/τ} x(H)] x(0)ᵀ, x̂ = ∫₀^H e^{−t/τ} x(t) dt; reversible, the mean with that of x(−t)
	response *mat.Dense // Σ x̂ s(y)ᵀ; likewise
	stein    *mat.Dense // Σ s(y) yᵀ

	product             *mat.Dense
	fell, area, x, s, y []float64 // of one chunk
	sum                 []float64
}

func newStretch(t *trajectory.Trajectory, mean []float64) *stretch {
	matrix := func() *mat.Dense { return mat.NewDense(t.Dim, t.Dim, nil) }
	buffer := func() []float64 { return make([]float64, chunk*t.Dim) }
	return &stretch{t: t, mean: mean, drop: matrix(), response: matrix(), stein: matrix(), product: matrix(),
		fell: buffer(), area: buffer(), x: buffer(), s: buffer(), y: buffer(), sum: make([]float64, t.Dim)}
}

// add adds Σ a bᵀ over samples to sum.
func (p *stretch) add(sum *mat.Dense, a, b []float64) {
	n := len(a) / p.t.Dim
	p.product.Mul(mat.NewDense(n, p.t.Dim, a).T(), mat.NewDense(n, p.t.Dim, b))
	sum.Add(sum, p.product)
}

// respond adds to all sums the samples [from, to), at most chunk of them, all of one run that goes on for o.reach more and
// began o.behind() before.
func (p *stretch) respond(s score.Score, from, to int, o IntegratedOptions) {
	d, n := p.t.Dim, (to-from)*p.t.Dim
	x, y, at, fell, area := p.x[:n], p.y[:n], p.s[:n], p.fell[:n], p.area[:n]
	copy(y, p.t.X[from*d:])
	if o.Sigma > 0 {
		noise := rng.New(o.Seed, "mobility correlations", uint64(from))
		noise.Normals(y)
		for i, v := range p.t.X[from*d:][:n] {
			y[i] = v + o.Sigma*y[i]
		}
	}
	s.ScoreTo(at, y)
	for i, v := range p.t.X[from*d:][:n] {
		mean := p.mean[i%d]
		x[i], y[i] = v-mean, y[i]-mean
	}
	p.add(p.stein, at, y)

	clear(area)
	copy(fell, x)
	if o.Reversible {
		p.weigh(area, fell, from, 1, 0.5, o)
		p.weigh(area, fell, from, -1, 0.5, o)
	} else {
		p.weigh(area, fell, from, 1, 1, o)
	}
	p.add(p.response, area, at)
	p.add(p.drop, fell, x)
}

// weigh adds to area share·x̂ of each sample from `from` on, and takes share·[x̂/τ + e^{−H/τ} x(H)] from fell; direction −1 is
// that of x(−t). x is taken as linear between samples, and the sum S(k) = Σ_l e^{−lΔt/τ} x(k+l), 1 ≤ l ≤ H/Δt, slides along.
func (p *stretch) weigh(area, fell []float64, from, direction int, share float64, o IntegratedOptions) {
	d, n, step := p.t.Dim, len(area)/p.t.Dim, p.t.Dt/o.Time
	fade, last := math.Exp(-step), math.Exp(-float64(o.reach)*step)
	mean := -math.Expm1(-step) / step // of e^{−t/τ} over Δt
	edge, inner := o.Time*(1-mean), o.Time*(1-mean+(mean-fade)/fade)
	at := func(k int) []float64 { return p.t.X[(from+k)*d:][:d] }
	k := 0 // of the samples, the first in the order in which they are visited
	if direction > 0 {
		k = n - 1
	}
	clear(p.sum)
	for l := o.reach; l > 0; l-- {
		for j, v := range at(k + direction*l) {
			p.sum[j] = fade * (p.sum[j] + v - p.mean[j])
		}
	}
	for range n {
		end, x := at(k+direction*o.reach), at(k)
		for j, m := range p.mean {
			v, e := x[j]-m, last*(end[j]-m)
			weighted := inner*p.sum[j] + edge*(v-e)
			area[k*d+j] += share * weighted
			fell[k*d+j] -= share * (weighted/o.Time + e)
			p.sum[j] = fade * (p.sum[j] + v - e)
		}
		k -= direction
	}
}

// stretches are the parts of a series.
type stretches []*stretch

// average returns one of the sums over all stretches but one, per sample; −1 leaves none out.
func (all stretches) average(without int, sum func(*stretch) *mat.Dense) *mat.Dense {
	d := all[0].t.Dim
	out, n := mat.NewDense(d, d, nil), 0.0
	for k, p := range all {
		if k != without {
			out.Add(out, sum(p))
			n += p.count
		}
	}
	out.Scale(1/n, out)
	return out
}

// mobility returns Φ with its parts and V from all stretches but one.
func (all stretches) mobility(without int, o IntegratedOptions) (*Mobility, error) {
	phi, err := all.phi(without, o)
	if err != nil {
		return nil, err
	}
	m := &Mobility{Phi: phi}
	m.V = o.symmetric(all.average(without, func(p *stretch) *mat.Dense { return p.stein }))
	m.CDot = mat.DenseCopyOf(phi)
	m.CDot.Scale(-1, m.CDot)
	return m, m.split(o.Margin)
}

// phi solves (KᵀK + ε²I) Φ = Kᵀ[C(0) − Ĉ(τ)/τ] + ε² φ̄ I.
func (all stretches) phi(without int, o IntegratedOptions) (*mat.Dense, error) {
	drop := o.symmetric(all.average(without, func(p *stretch) *mat.Dense { return p.drop }))
	k := o.symmetric(all.average(without, func(p *stretch) *mat.Dense { return p.response }))
	k.Scale(-1, k)
	var values mat.SVD
	if sum := mat.Sum(k) + mat.Sum(drop); sum-sum != 0 || !values.Factorize(k, mat.SVDNone) {
		return nil, fmt.Errorf("mobility: the correlations are not finite; look for NaN or Inf in the score or the data")
	}
	epsilon := o.Ridge * values.Values(nil)[0]
	average := mat.Trace(drop) / mat.Trace(k)
	var left, right, phi mat.Dense
	left.Mul(k.T(), k)
	right.Mul(k.T(), drop)
	for i := range k.RawMatrix().Rows {
		left.Set(i, i, left.At(i, i)+epsilon*epsilon)
		right.Set(i, i, right.At(i, i)+epsilon*epsilon*average)
	}
	if err := phi.Solve(&left, &right); err != nil && mat.Sum(&phi) != mat.Sum(&phi) {
		return nil, fmt.Errorf("mobility: K(τ)Φ = C(0) − Ĉ(τ)/τ: %w", err)
	}
	if o.Reversible {
		phi.Add(&phi, mat.DenseCopyOf(phi.T()))
		phi.Scale(0.5, &phi)
	}
	return &phi, nil
}
