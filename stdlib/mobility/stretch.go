package mobility

import (
	"fmt"

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

	drop     *mat.Dense // Σ [x(0) − 1/T ∫₀^T x dt] x(0)ᵀ; reversible, the mean with that of x(−t)
	response *mat.Dense // Σ x̂ s(y)ᵀ, x̂ = ∫₀^T (1 − t/T) x(t) dt; likewise
	stein    *mat.Dense // Σ s(y) yᵀ

	product             *mat.Dense
	fell, area, x, s, y []float64 // of one chunk
	sum, ramp           []float64
}

func newStretch(t *trajectory.Trajectory, mean []float64) *stretch {
	matrix := func() *mat.Dense { return mat.NewDense(t.Dim, t.Dim, nil) }
	buffer := func() []float64 { return make([]float64, chunk*t.Dim) }
	return &stretch{t: t, mean: mean, drop: matrix(), response: matrix(), stein: matrix(), product: matrix(),
		fell: buffer(), area: buffer(), x: buffer(), s: buffer(), y: buffer(), sum: make([]float64, t.Dim), ramp: make([]float64, t.Dim)}
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

// weigh adds to area share·x̂ of each sample from `from` on, and takes share/T ∫₀^T x dt from fell; direction −1 is that of x(−t).
// x is taken as linear between samples. The sums over 1 ≤ l ≤ H = T/Δt, Σ x(k+l) and Σ (1 − l/H) x(k+l), slide along.
func (p *stretch) weigh(area, fell []float64, from, direction int, share float64, o IntegratedOptions) {
	d, n, h := p.t.Dim, len(area)/p.t.Dim, float64(o.reach)
	at := func(k int) []float64 { return p.t.X[(from+k)*d:][:d] }
	k := 0 // of the samples, the first in the order in which they are visited
	if direction > 0 {
		k = n - 1
	}
	clear(p.sum)
	clear(p.ramp)
	for l := 1; l <= o.reach; l++ {
		weight := 1 - float64(l)/h
		for j, v := range at(k + direction*l) {
			p.sum[j] += v - p.mean[j]
			p.ramp[j] += weight * (v - p.mean[j])
		}
	}
	for range n {
		end, x := at(k+direction*o.reach), at(k)
		for j, m := range p.mean {
			v, e := x[j]-m, end[j]-m
			area[k*d+j] += share * p.t.Dt * (p.ramp[j] + v/2 + (e-v)/(6*h))
			fell[k*d+j] -= share / h * (p.sum[j] + (v-e)/2)
			p.sum[j] += v - e
			p.ramp[j] += v - p.sum[j]/h
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

// phi solves (KᵀK + ε²I) Φ = Kᵀ[C(0) − C̄] + ε² φ̄ I.
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
		return nil, fmt.Errorf("mobility: KΦ = C(0) − C̄: %w", err)
	}
	if o.Reversible {
		phi.Add(&phi, mat.DenseCopyOf(phi.T()))
		phi.Scale(0.5, &phi)
	}
	return &phi, nil
}
