package prelude

import (
	"scorebook/stdlib/sde"
	"scorebook/stdlib/systems"
	"scorebook/stdlib/trajectory"

	"gonum.org/v1/gonum/mat"
)

// Simulate integrates dX = F dt + B dW by a scheme, without a word Euler–Maruyama's, LD (77), and returns the samples of
// every member of the ensemble. The same Seed gives the same noise to two equations with the same Dt and number of noise components.
func (v *Vocabulary) Simulate(s SDE, r Run) *Trajectory {
	return watched(v, func(report func(string, int, int)) (*Trajectory, error) {
		r.Progress = report
		return sde.Simulate(v.context(), compiled(s, r), r)
	})
}

// SimulateRing integrates the Kuramoto–Sivashinsky equation, LD (13), by ETDRK4. Dt = 0.1 resolves the statistics; a BurnIn
// of some 100 time units makes the initial states typical.
func (v *Vocabulary) SimulateRing(s KuramotoSivashinsky, r Run) *Trajectory {
	return watched(v, func(report func(string, int, int)) (*Trajectory, error) {
		r.Progress = report
		return s.Simulate(v.context(), r)
	})
}

// Isotropic is the noise B = b·I: independent noise of amplitude b on each coordinate.
func (v *Vocabulary) Isotropic(b float64) Noise { return sde.Isotropic(b) }

// Diagonal is the noise B = diag(b): independent noise of amplitude b[i] on coordinate i.
func (v *Vocabulary) Diagonal(b ...float64) Noise { return sde.Diagonal(b...) }

// Multiplicative is noise that depends on the state: b writes its D amplitudes at x. It is Itô's, unless Calculus is set
// to Stratonovich.
func (v *Vocabulary) Multiplicative(b func(dst, x []float64)) Noise { return sde.Multiplicative(b) }

// NewTrajectory makes a trajectory of your own samples, dt apart: x holds dim coordinates of the first, then of the
// second, and so on.
func (v *Vocabulary) NewTrajectory(dim int, dt float64, x []float64) *Trajectory {
	return must(trajectory.New(dim, dt, x))
}

// NewOrnsteinUhlenbeck is the process dx = −A x dt + B dW, of which everything is known exactly. A is D×D with
// eigenvalues of positive real part, B is D×M.
func (v *Vocabulary) NewOrnsteinUhlenbeck(a, b *mat.Dense) *OrnsteinUhlenbeck {
	return must(systems.NewOrnsteinUhlenbeck(a, b))
}

// Normalize returns t in the coordinates x̃ = (x − μ) ⊘ std, LD (57), and keeps the scale that leads back.
func (v *Vocabulary) Normalize(t *Trajectory) *Trajectory { return must(t.Normalize()) }
