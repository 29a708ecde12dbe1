package prelude

import (
	"errors"
	"reflect"

	"scorebook/stdlib/langevin"
	"scorebook/stdlib/markov"
	"scorebook/stdlib/mobility"

	"gonum.org/v1/gonum/mat"
)

// RateMatrix cuts the space of t into cells and counts the transitions between them over a lag: a Markov chain with the
// generator Q (Q[i,j] is the rate j→i), LD (41)–(45) and (70). Options left out have their defaults.
func (v *Vocabulary) RateMatrix(t *Trajectory, options ...RateOptions) *MarkovChain {
	o := only(options)
	return watched(v, func(report func(string, int, int)) (*MarkovChain, error) {
		o.Progress = report
		return markov.Estimate(v.context(), t, o)
	})
}

// ScanLags estimates Φ(τ) = −Ċ(0⁺) at several lags on one set of cells, with block-bootstrap bands, and chooses the shortest
// lag from which on Φ no longer depends on it; Best is the rate matrix there. t is normalised.
func (v *Vocabulary) ScanLags(t *Trajectory, options ...LagOptions) *LagScan {
	o := only(options)
	return watched(v, func(report func(string, int, int)) (*LagScan, error) {
		o.Progress = report
		return markov.ScanLags(v.context(), t, o)
	})
}

// Mobility estimates Φ = Ċ(0⁺) V⁻¹, LD (29) and (74), with Ċ(0⁺) from the rate matrix and V = ⟨s xᵀ⟩ from the score, which
// is in the coordinates of the trajectory that q was made from; and its parts: Φ = D + R, D = ΣΣᵀ, LD (75)–(76).
func (v *Vocabulary) Mobility(q *MarkovChain, s Score, options ...MobilityOptions) *DriftMatrix {
	if q == nil {
		panic(&Failure{errors.New("mobility: the rate matrix is nil; RateMatrix makes one")})
	}
	o, t := only(options), q.Trajectory()
	if t == nil {
		panic(&Failure{errors.New("mobility: this rate matrix was made from counts alone; V needs a trajectory: use mobility.Estimate")})
	}
	return watched(v, func(report func(string, int, int)) (*DriftMatrix, error) {
		o.Progress = report
		return mobility.Estimate(v.context(), t, q, together(given(s)), o)
	})
}

// IntegratedMobility estimates Φ = K⁻¹[C(0) − C̄] from correlations over the lags up to a time T, C̄ = 1/T ∫₀^T C(t) dt and
// K = −∫₀^T (1 − t/T) ⟨x(t) s(x(0))ᵀ⟩ dt: for series that are smooth over short times, as those of chaos without noise. t and
// s are in the same coordinates.
func (v *Vocabulary) IntegratedMobility(t *Trajectory, s Score, options ...IntegratedOptions) *DriftMatrix {
	o := only(options)
	return watched(v, func(report func(string, int, int)) (*DriftMatrix, error) {
		o.Progress = report
		return mobility.Integrated(v.context(), t, together(given(s)), o)
	})
}

// KnownMobility is the mobility of a given Φ (D×D), in the normalised coordinates of a scale or, with nil, in physical
// ones.
func (v *Vocabulary) KnownMobility(phi mat.Matrix, scale *Scale) *DriftMatrix {
	return must(mobility.New(phi, scale))
}

// Langevin is the reduced model ẋ = Φ s(x) + √2 Σ ξ, LD (11), of a score and a mobility that are in the same
// coordinates; Simulate integrates it.
func (v *Vocabulary) Langevin(s Score, m *DriftMatrix) SDE {
	if m == nil {
		panic(&Failure{errors.New("prelude: Langevin of a nil mobility; Mobility, IntegratedMobility and KnownMobility make one")})
	}
	return must(langevin.New(together(given(s)), m)).SDE()
}

// Overdamped is the reduced model ẋ = s(x) + √2 ξ, KG (1) with Σ = I: its density is that of the score, its clock is not
// that of the data. The scale is that of the coordinates of s; nil for physical ones.
func (v *Vocabulary) Overdamped(s Score, scale *Scale) SDE {
	return langevin.Overdamped(together(given(s)), scale).SDE()
}

// given returns a score that there is.
func given(s Score) Score {
	if v := reflect.ValueOf(s); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		panic(&Failure{errors.New("prelude: the score is nil; KGMM, DSM and ScoreFunc make one")})
	}
	return s
}

// only returns the options of a call that may leave them out.
func only[T any](options []T) T {
	var o T
	switch len(options) {
	case 0:
	case 1:
		o = options[0]
	default:
		panic("prelude: options are given more than once")
	}
	return o
}
