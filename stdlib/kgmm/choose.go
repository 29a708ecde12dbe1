package kgmm

import (
	"context"
	"fmt"
	"math"
	"slices"

	"scorebook/internal/rng"
	"scorebook/internal/simd"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

// ChooseOptions control [Choose]. The zero value works.
type ChooseOptions struct {
	// Sigmas are the widths to try; nil means KG's 0.05 (0.1 from five dimensions on) times 1/4, 1/2, 1, 2, 4, 8.
	Sigmas []float64
	// Cells are the numbers of cells to try; nil means KG's choice, about 750 or N/100 if that is less, times 1/4, 1/2, 1, 2, 4,
	// without those that leave fewer than 30 samples to a cell.
	Cells []int
	// HeldOut is the fraction of the series, at its end, that the scores are judged on; 0 means 0.2.
	HeldOut float64
	// Fit are the options of every trial; its Sigma, Cells and MinProb are not used.
	Fit Options
	// Progress, if set, is told of the trials done.
	Progress func(stage string, done, total int)
}

// Trial is one pair of σ and N_C.
type Trial struct {
	Sigma float64
	Cells int
	Loss  float64 // its held-out loss; lower is better, and the exact score has about −⟨|s|²⟩
	Error float64 // the standard error of its difference from the lowest
}

// Choice is what [Choose] found.
type Choice struct {
	Sigma  float64
	Cells  int
	Noise  float64 // σ₀ of the held-out loss
	Trials []Trial // in the order in which they were made
}

// Choose looks for the width σ and the number of cells N_C that suit a series. It fits the series' beginning with several
// values and takes the held-out loss of denoising score matching on its end, at one noise σ₀ below all the widths, so
// that it judges all of them by the same density: up to a constant that is the same for all,
//
//	L(s) = E[ |s(x)|² + 2 s(x)·z/σ₀ ] = E|s(x) − s_σ₀(x)|² + const,   x = μ ± σ₀z
//
// over both signs, whose large terms cancel. σ, tried first at the middle number of cells, is the one with the lowest
// loss; N_C is then the smallest whose loss is within one standard error of the lowest. Standard errors are over twenty
// stretches of the held-out series, and of differences, since all trials are judged on the same points.
func Choose(ctx context.Context, t *trajectory.Trajectory, o ChooseOptions) (*Choice, error) {
	if err := t.Validate(); err != nil {
		return nil, fmt.Errorf("kgmm: %w", err)
	}
	o, err := o.withDefaults(t)
	if err != nil {
		return nil, err
	}
	s := newSearch(t, o)
	middle := o.Cells[len(o.Cells)/2]
	for _, sigma := range o.Sigmas {
		if err := s.try(ctx, sigma, middle); err != nil {
			return nil, err
		}
	}
	sigma := s.choice.Trials[s.best()].Sigma
	for _, cells := range o.Cells {
		if cells == middle {
			continue
		}
		if err := s.try(ctx, sigma, cells); err != nil {
			return nil, err
		}
	}
	s.decide(sigma)
	return s.choice, nil
}

func (o ChooseOptions) withDefaults(t *trajectory.Trajectory) (ChooseOptions, error) {
	if o.HeldOut == 0 {
		o.HeldOut = 0.2
	}
	if !(o.HeldOut > 0 && o.HeldOut < 1) {
		return o, fmt.Errorf("kgmm: HeldOut is %v; it is a fraction below 1, such as 0.2", o.HeldOut)
	}
	n := t.Len() - int(o.HeldOut*float64(t.Len()))
	if n < 10*fewPerCell || t.Len()-n < stretches {
		return o, fmt.Errorf("kgmm: %d samples with %v held out are too few to choose by; bring at least %d", t.Len(), o.HeldOut, 20*fewPerCell)
	}
	if o.Sigmas == nil {
		start := 0.05
		if t.Dim > 4 {
			start = 0.1
		}
		for k := -2; k <= 3; k++ {
			o.Sigmas = append(o.Sigmas, math.Ldexp(start, k))
		}
	}
	for _, sigma := range o.Sigmas {
		if !(sigma > 0) || math.IsInf(sigma, 1) {
			return o, fmt.Errorf("kgmm: Sigmas are %v; every width is positive and finite", o.Sigmas)
		}
	}
	if o.Cells == nil {
		start := min(750, n/100)
		for _, cells := range []int{start / 4, start / 2, start, 2 * start, 4 * start} {
			if cells > 1 && cells <= n/fewPerCell {
				o.Cells = append(o.Cells, cells)
			}
		}
	}
	if len(o.Sigmas) == 0 || len(o.Cells) == 0 {
		return o, fmt.Errorf("kgmm: Sigmas are %v and Cells %v; give at least one of each", o.Sigmas, o.Cells)
	}
	o.Cells = slices.Clone(o.Cells)
	slices.Sort(o.Cells)
	return o, nil
}

// stretches is the number of parts of the held-out series that give its standard errors.
const stretches = 20

// search is the state of a choice.
type search struct {
	o      ChooseOptions
	train  *trajectory.Trajectory
	up     []float64 // held-out samples moved by +σ₀z and by −σ₀z
	down   []float64
	z      []float64
	losses [][stretches]float64 // of each trial, by stretch
	choice *Choice
}

func newSearch(t *trajectory.Trajectory, o ChooseOptions) *search {
	kept := t.Len() - int(o.HeldOut*float64(t.Len()))
	train := &trajectory.Trajectory{Dim: t.Dim, Dt: t.Dt, X: t.X[:kept*t.Dim], Scale: t.Scale}
	held := t.X[kept*t.Dim:]
	noise := slices.Min(o.Sigmas) / 2
	s := &search{o: o, train: train, z: make([]float64, len(held)), up: make([]float64, len(held)), down: make([]float64, len(held)), choice: &Choice{Noise: noise}}
	stream := rng.New(o.Fit.Seed, "kgmm: held out")
	simd.Normals(s.z, stream.Uint64(), 0)
	for i, v := range held {
		s.up[i], s.down[i] = v+noise*s.z[i], v-noise*s.z[i]
	}
	return s
}

// try fits one pair and judges it.
func (s *search) try(ctx context.Context, sigma float64, cells int) error {
	fit := s.o.Fit
	fit.Sigma, fit.Cells, fit.MinProb = sigma, cells, 0
	m, err := Fit(ctx, s.train, fit)
	if err != nil {
		return fmt.Errorf("kgmm: choosing, with σ = %g and %d cells: %w", sigma, cells, err)
	}
	parts := s.judge(m)
	loss := 0.0
	for _, l := range parts {
		loss += l / stretches
	}
	s.losses = append(s.losses, parts)
	s.choice.Trials = append(s.choice.Trials, Trial{Sigma: sigma, Cells: m.Tree.Cells(), Loss: loss})
	if s.o.Progress != nil {
		s.o.Progress("choosing", len(s.losses), len(s.o.Sigmas)+len(s.o.Cells)-1)
	}
	return nil
}

// judge is the held-out loss of a score, stretch by stretch.
func (s *search) judge(m score.Score) (parts [stretches]float64) {
	a, b := make([]float64, len(s.z)), make([]float64, len(s.z))
	m.ScoreTo(a, s.up)
	m.ScoreTo(b, s.down)
	d := m.Dim()
	n := len(s.z) / d
	for part := range parts {
		lo, hi := part*n/stretches, (part+1)*n/stretches
		for i := lo * d; i < hi*d; i++ {
			parts[part] += (a[i]*a[i]+b[i]*b[i])/2 + (a[i]-b[i])*s.z[i]/s.choice.Noise
		}
		parts[part] /= float64(hi - lo)
	}
	return parts
}

// best is the trial with the lowest loss.
func (s *search) best() int {
	best := 0
	for k, t := range s.choice.Trials {
		if t.Loss < s.choice.Trials[best].Loss {
			best = k
		}
	}
	return best
}

// decide fills in the standard errors, and takes the fewest cells at σ whose loss is not clearly above the lowest.
func (s *search) decide(sigma float64) {
	best := s.best()
	c := s.choice
	c.Sigma, c.Cells = sigma, c.Trials[best].Cells
	for k := range c.Trials {
		mean, square := 0.0, 0.0
		for part := range stretches {
			d := s.losses[k][part] - s.losses[best][part]
			mean += d / stretches
			square += d * d / stretches
		}
		t := &c.Trials[k]
		t.Error = math.Sqrt(max(0, square-mean*mean) / (stretches - 1))
		if t.Sigma == sigma && t.Cells < c.Cells && mean <= t.Error {
			c.Cells = t.Cells
		}
	}
}
