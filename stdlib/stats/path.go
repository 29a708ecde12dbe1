package stats

import (
	"fmt"
	"math"

	"scorebook/stdlib/trajectory"
)

// PathRMSE returns the root mean square distance of b from a, in standard deviations of a, for each coordinate:
// √⟨(aᵢ−bᵢ)²⟩/std(aᵢ) over the first horizon of time of every run (0: over all that both have). Both must have the same Δt
// and number of runs; it makes sense for paths driven by the same noise, LD Figs. 3 and 4.
func PathRMSE(a, b *trajectory.Trajectory, horizon float64) ([]float64, error) {
	p, err := newPaths(a, b, horizon)
	if err != nil {
		return nil, err
	}
	rmse := make([]float64, a.Dim)
	for i := range rmse {
		squares, std, err := p.squares(i)
		if err != nil {
			return nil, err
		}
		rmse[i] = math.Sqrt(sum(squares)/float64(p.samples)) / std
	}
	return rmse, nil
}

// PathErrors is PathRMSE run by run: result[r][i] is the root mean square distance of coordinate i on run r, in standard
// deviations of all runs of a. Their spread tells typical paths from those that parted at a bifurcation, which rule the
// mean.
func PathErrors(a, b *trajectory.Trajectory, horizon float64) ([][]float64, error) {
	p, err := newPaths(a, b, horizon)
	if err != nil {
		return nil, err
	}
	errors := make([][]float64, len(p.runs))
	for r := range errors {
		errors[r] = make([]float64, a.Dim)
	}
	for i := range a.Dim {
		squares, std, err := p.squares(i)
		if err != nil {
			return nil, err
		}
		for r, run := range p.runs {
			errors[r][i] = math.Sqrt(squares[r]/float64(run.n)) / std
		}
	}
	return errors, nil
}

// PathCorrelation returns the correlation coefficient of aᵢ and bᵢ at equal times for each coordinate, between −1 and 1, over
// the samples that PathRMSE takes.
func PathCorrelation(a, b *trajectory.Trajectory, horizon float64) ([]float64, error) {
	p, err := newPaths(a, b, horizon)
	if err != nil {
		return nil, err
	}
	r := make([]float64, a.Dim)
	for i := range r {
		x, y := physical(a, i), physical(b, i)
		var mx, my, sxx, syy, sxy float64
		p.each(func(k, l int) { mx += x[k]; my += y[l] })
		mx /= float64(p.samples)
		my /= float64(p.samples)
		p.each(func(k, l int) {
			dx, dy := x[k]-mx, y[l]-my
			sxx += dx * dx
			syy += dy * dy
			sxy += dx * dy
		})
		if !(sxx > 0 && syy > 0) {
			return nil, fmt.Errorf("stats: %s is constant on a path, so it has no correlation", a.Name(i))
		}
		r[i] = sxy / math.Sqrt(sxx*syy)
	}
	return r, nil
}

// paths pairs the samples of two trajectories run by run.
type paths struct {
	a, b    *trajectory.Trajectory
	runs    []pairing
	samples int
}

// pairing is n samples from a in one trajectory beside n from b in the other.
type pairing struct{ a, b, n int }

func newPaths(a, b *trajectory.Trajectory, horizon float64) (*paths, error) {
	switch {
	case a.Dim != b.Dim:
		return nil, checkDims(a, b)
	case math.Abs(a.Dt-b.Dt) > 1e-9*a.Dt:
		return nil, fmt.Errorf("stats: paths sampled every %g beside every %g; sample both alike", a.Dt, b.Dt)
	case a.RunCount() != b.RunCount():
		return nil, fmt.Errorf("stats: %d runs beside %d; simulate the same ensemble", a.RunCount(), b.RunCount())
	case !(horizon >= 0):
		return nil, fmt.Errorf("stats: paths compared over a time of %g", horizon)
	}
	p := &paths{a: a, b: b}
	for start, end := range a.Runs() {
		p.runs = append(p.runs, pairing{a: start, n: end - start})
	}
	r := 0
	for start, end := range b.Runs() {
		run := &p.runs[r]
		run.b, run.n = start, min(run.n, end-start)
		if horizon > 0 {
			n := int(horizon/a.Dt+1e-9) + 1
			if n > run.n {
				return nil, fmt.Errorf("stats: run %d lasts %g, less than the horizon %g; choose a shorter one",
					r, float64(run.n-1)*a.Dt, horizon)
			}
			run.n = n
		}
		p.samples += run.n
		r++
	}
	return p, nil
}

func (p *paths) each(visit func(k, l int)) {
	for _, r := range p.runs {
		for n := range r.n {
			visit(r.a+n, r.b+n)
		}
	}
}

// squares returns Σ (aᵢ−bᵢ)² over each run for coordinate i, and the standard deviation of aᵢ over all of them.
func (p *paths) squares(i int) (squares []float64, std float64, err error) {
	x, y := physical(p.a, i), physical(p.b, i)
	std = trajectory.NewMoments(1, x).Std()[0]
	if !(std > 0) {
		return nil, 0, fmt.Errorf("stats: %s is constant, so it has no standard deviation to measure by", p.a.Name(i))
	}
	squares = make([]float64, len(p.runs))
	for r, run := range p.runs {
		for n := range run.n {
			d := x[run.a+n] - y[run.b+n]
			squares[r] += d * d
		}
	}
	return squares, std, nil
}
