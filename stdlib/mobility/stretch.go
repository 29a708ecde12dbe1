package mobility

import (
	"fmt"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"scorebook/internal/rng"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

// stretch has the sums of [Integrated] over the samples of one part of a series, about the mean of all.
type stretch struct {
	t     *trajectory.Trajectory
	mean  []float64
	count float64 // samples that have τ of their run after them

	drop     *mat.Dense // Σ [x(0) − x(τ)] x(0)ᵀ; reversible, x(τ) is the mean of x(τ) and x(−τ)
	response *mat.Dense // Σ ∫₀^τ x(t) dt s(y)ᵀ; likewise
	stein    *mat.Dense // Σ s(y) yᵀ

	product    *mat.Dense
	a, b, s, y []float64 // of one chunk
}

func newStretch(t *trajectory.Trajectory, mean []float64) *stretch {
	matrix := func() *mat.Dense { return mat.NewDense(t.Dim, t.Dim, nil) }
	buffer := func() []float64 { return make([]float64, chunk*t.Dim) }
	return &stretch{t: t, mean: mean, drop: matrix(), response: matrix(), stein: matrix(), product: matrix(),
		a: buffer(), b: buffer(), s: buffer(), y: buffer()}
}

// add adds Σ a bᵀ over samples to sum.
func (p *stretch) add(sum *mat.Dense, a, b []float64) {
	n := len(a) / p.t.Dim
	p.product.Mul(mat.NewDense(n, p.t.Dim, a).T(), mat.NewDense(n, p.t.Dim, b))
	sum.Add(sum, p.product)
}

// centred writes the samples from `from` on, less the mean.
func (p *stretch) centred(dst []float64, from int) []float64 {
	for i, v := range p.t.X[from*p.t.Dim:][:len(dst)] {
		dst[i] = v - p.mean[i%p.t.Dim]
	}
	return dst
}

// correlate adds to drop what x(lag) x(0)ᵀ sums to over the samples [from, to).
func (p *stretch) correlate(from, to, lag int) {
	n := (to - from) * p.t.Dim
	p.add(p.drop, p.centred(p.a[:n], from+lag), p.centred(p.b[:n], from))
}

// respond adds to all sums the samples [from, to), at most chunk of them, all of one run that goes on for o.Lag more and
// began o.behind() before.
func (p *stretch) respond(s score.Score, from, to int, o IntegratedOptions) {
	d, n := p.t.Dim, (to-from)*p.t.Dim
	x, y, at := p.t.X[from*d:][:n], p.y[:n], p.s[:n]
	copy(y, x)
	if o.Sigma > 0 {
		noise := rng.New(o.Seed, "mobility correlations", uint64(from))
		noise.Normals(y)
		for i, v := range x {
			y[i] = v + o.Sigma*y[i]
		}
	}
	s.ScoreTo(at, y)
	for i := range y {
		y[i] -= p.mean[i%d]
	}
	p.add(p.stein, at, y)
	back := o.behind()
	around := p.integrals(p.a[:n], from-back, back+o.Lag)
	if o.Reversible {
		floats.Scale(0.5, around)
	}
	p.add(p.response, around, at)
	for i, v := range p.t.X[(from+o.Lag)*d:][:n] {
		if o.Reversible {
			v = (v + p.t.X[(from-back)*d+i]) / 2
		}
		p.a[i] = x[i] - v
	}
	p.add(p.drop, p.a[:n], p.centred(p.b[:n], from))
}

// integrals writes ∫₀^τ (x(t) − mean) dt from each sample from `from` on by the trapezium rule, its window sliding along.
func (p *stretch) integrals(dst []float64, from, lag int) []float64 {
	d := p.t.Dim
	for j, mean := range p.mean {
		sum := 0.0
		for l := range lag {
			sum += p.t.X[(from+l)*d+j] - mean
		}
		for k := 0; k < len(dst); k += d {
			first, last := p.t.X[from*d+k+j]-mean, p.t.X[(from+lag)*d+k+j]-mean
			dst[k+j] = p.t.Dt * (sum + (last-first)/2)
			sum += last - first
		}
	}
	return dst
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

// phi solves (KᵀK + ε²I) Φ = Kᵀ[C(0) − C(τ)] + ε² φ̄ I.
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
		return nil, fmt.Errorf("mobility: K(τ)Φ = C(0) − C(τ): %w", err)
	}
	if o.Reversible {
		phi.Add(&phi, mat.DenseCopyOf(phi.T()))
		phi.Scale(0.5, &phi)
	}
	return &phi, nil
}
