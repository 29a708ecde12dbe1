package systems

import (
	"context"
	"fmt"
	"math"
	"math/bits"

	"scorebook/stdlib/sde"
	"scorebook/stdlib/trajectory"
)

// KuramotoSivashinsky is the Kuramoto–Sivashinsky equation on a ring of length L, for the slope v = u_x of KG (35),
//
//	v_t = −v_xx − v_xxxx − ½ (v²)_x,   LD (13),
//
// whose mean over the ring is conserved (and zero here), while that of u itself drifts. Its states are the values of v at
// the points x = 0, L/N·Stride, 2L/N·Stride, …. Nothing is random but the initial states.
//
// The zero value has L = 34 and N = 128 points, all of them kept.
type KuramotoSivashinsky struct {
	// Length is L. 0 means 34.
	Length float64
	// Points is N, the points the equation is integrated on: a power of two, at least 16. 0 means 128.
	Points int
	// Stride keeps every Stride-th point only, so D = N/Stride. It must divide N. 0 means 1; LD has 4, KG 8, 16 and 32.
	Stride int
}

func (s KuramotoSivashinsky) parameters() KuramotoSivashinsky {
	if s.Length == 0 {
		s.Length = 34
	}
	if s.Points == 0 {
		s.Points = 128
	}
	if s.Stride == 0 {
		s.Stride = 1
	}
	return s
}

// Dim is D = N/Stride.
func (s KuramotoSivashinsky) Dim() int { p := s.parameters(); return p.Points / p.Stride }

// String names the system and its parameters.
func (s KuramotoSivashinsky) String() string {
	p := s.parameters()
	return fmt.Sprintf("Kuramoto–Sivashinsky: L = %.4g, N = %d, every %d kept, D = %d", p.Length, p.Points, p.Stride, s.Dim())
}

// Names are v₁ … v_D.
func (s KuramotoSivashinsky) Names() []string {
	names := make([]string, s.Dim())
	for i := range names {
		names[i] = "v" + subscript(i+1)
	}
	return names
}

// Simulate integrates the equation by ETDRK4 with the steps of r: Dt, Steps, Every, Ensemble, BurnIn, Workers and
// Progress mean what they mean in sde.Simulate. Dt = 0.1 resolves the statistics; the error falls as Dt⁴.
//
// Seed selects smooth random initial states, one for each member, which do not depend on the size of the ensemble; they
// need a BurnIn of some 100 time units. Start, when given, holds the N values of v for all members, or Ensemble·N; their
// mean over the ring must vanish. Bound and Scheme do not apply.
//
// The result is the same bits on any number of workers. A state that stops being finite is an error.
func (s KuramotoSivashinsky) Simulate(ctx context.Context, r sde.Run) (*trajectory.Trajectory, error) {
	p := s.parameters()
	r = p.withDefaults(r)
	if err := p.validate(r); err != nil {
		return nil, err
	}
	e := newRingEnsemble(p, r)
	if err := e.integrate(ctx); err != nil {
		return nil, err
	}
	t := &trajectory.Trajectory{Dim: s.Dim(), Dt: r.Dt * float64(r.Every), X: e.out, Names: s.Names()}
	if r.Ensemble > 1 {
		t.Lens = make([]int, r.Ensemble)
		for m := range t.Lens {
			t.Lens[m] = e.samples
		}
	}
	return t, nil
}

func (s KuramotoSivashinsky) withDefaults(r sde.Run) sde.Run {
	r.Every, r.Ensemble = max(1, r.Every), max(1, r.Ensemble)
	return r
}

// maxBytes bounds the samples of one run: beyond it a machine more likely dies than answers.
const maxBytes = 1 << 35

func (s KuramotoSivashinsky) validate(r sde.Run) error {
	switch {
	case !(s.Length > 0) || math.IsInf(s.Length, 1):
		return fmt.Errorf("systems: Kuramoto–Sivashinsky on a ring of length %g; it must be positive", s.Length)
	case s.Points < 16 || bits.OnesCount(uint(s.Points)) != 1:
		return fmt.Errorf("systems: Kuramoto–Sivashinsky on %d points; take a power of two, at least 16, such as 64 or 128", s.Points)
	case s.Stride < 1 || s.Points%s.Stride != 0:
		return fmt.Errorf("systems: Stride is %d; it must divide the %d points", s.Stride, s.Points)
	case 3*s.Length > 2*math.Pi*float64(s.Points):
		return fmt.Errorf("systems: %d points leave the growing modes of a ring of length %g unresolved; take at least %d",
			s.Points, s.Length, 1<<bits.Len(uint(3*s.Length/(2*math.Pi))))
	case !(r.Dt > 0) || math.IsInf(r.Dt, 1):
		return fmt.Errorf("systems: Run.Dt is %g; the time step must be positive and finite, such as 0.1", r.Dt)
	case r.Steps < 1 || r.BurnIn < 0 || r.Workers < 0:
		return fmt.Errorf("systems: Run has Steps %d, BurnIn %d, Workers %d; it needs Steps of at least 1 and no negative ones",
			r.Steps, r.BurnIn, r.Workers)
	case r.Bound != 0 || r.Scheme != sde.EulerMaruyama:
		return fmt.Errorf("systems: Kuramoto–Sivashinsky has its own scheme and no bound; leave Run.Scheme and Run.Bound out")
	}
	samples := float64((r.Steps-1)/r.Every + 1)
	if b := 8 * samples * float64(r.Ensemble) * float64(s.Points/s.Stride); b > maxBytes {
		return fmt.Errorf("systems: the samples would take %.0f GiB; raise Run.Every or Stride, or lower Steps or Ensemble", b/(1<<30))
	}
	return s.validateStart(r)
}

func (s KuramotoSivashinsky) validateStart(r sde.Run) error {
	n := s.Points
	if r.Start == nil {
		return nil
	}
	if len(r.Start) != n && len(r.Start) != n*r.Ensemble {
		return fmt.Errorf("systems: Run.Start has %d values; %d members on %d points need %d, or %d for all the same",
			len(r.Start), r.Ensemble, n, n*r.Ensemble, n)
	}
	for at := 0; at < len(r.Start); at += n {
		sum, size := 0.0, 0.0
		for _, v := range r.Start[at : at+n] {
			sum += v
			size += math.Abs(v)
		}
		if !(math.Abs(sum) <= 1e-9*size) {
			return fmt.Errorf("systems: the start of member %d has the mean %g over the ring; it must be finite and vanish, "+
				"so subtract it", at/n, sum/float64(n))
		}
	}
	return nil
}
