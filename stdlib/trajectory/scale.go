package trajectory

import (
	"errors"
	"fmt"
	"math"
)

// Scale is the affine map between normalised and physical coordinates, xᵢ = Mean[i] + Std[i]·x̃ᵢ, LD (57).
type Scale struct{ Mean, Std []float64 }

// PhysicalTo writes x = μ + S·x̃ for each point of xn (sample-major) to dst, which may be xn itself.
func (s *Scale) PhysicalTo(dst, xn []float64) {
	d := s.points(dst, xn)
	for k := 0; k < len(xn); k += d {
		for i, m := range s.Mean {
			dst[k+i] = m + s.Std[i]*xn[k+i]
		}
	}
}

// NormalizedTo writes x̃ = S⁻¹(x − μ) for each point of x (sample-major) to dst, which may be x itself.
func (s *Scale) NormalizedTo(dst, x []float64) {
	d := s.points(dst, x)
	for k := 0; k < len(x); k += d {
		for i, m := range s.Mean {
			dst[k+i] = (x[k+i] - m) / s.Std[i]
		}
	}
}

func (s *Scale) points(dst, x []float64) int {
	d := len(s.Mean)
	if len(dst) != len(x) || len(x)%d != 0 {
		panic(fmt.Sprintf("trajectory: %d values to %d, in %d coordinates", len(x), len(dst), d))
	}
	return d
}

// Normalize returns t in normalised coordinates x̃ = (x − μ) ⊘ std, LD (57), with μ and std (1/N) over all runs.
// A coordinate that is constant, or a trajectory that is already normalised, is an error.
func (t *Trajectory) Normalize() (*Trajectory, error) {
	if t == nil {
		return nil, ErrNil
	}
	if t.Scale != nil {
		return nil, errors.New("trajectory: already normalised")
	}
	if err := t.Validate(); err != nil {
		return nil, err
	}
	m := t.Moments()
	sc := &Scale{Mean: m.Mean, Std: m.Std()}
	for i, std := range sc.Std {
		if !(std > 1e-13*math.Abs(sc.Mean[i])) {
			return nil, fmt.Errorf("trajectory: %s is constant (%.6g in %d samples); leave that coordinate out",
				t.Name(i), sc.Mean[i], m.N)
		}
	}
	n := *t
	n.X = make([]float64, len(t.X))
	n.Scale = sc
	sc.NormalizedTo(n.X, t.X)
	return &n, nil
}

// Physical returns t in physical coordinates: t itself when it is not normalised.
func (t *Trajectory) Physical() *Trajectory {
	if t.Scale == nil {
		return t
	}
	p := *t
	p.X = make([]float64, len(t.X))
	p.Scale = nil
	t.Scale.PhysicalTo(p.X, t.X)
	return &p
}
