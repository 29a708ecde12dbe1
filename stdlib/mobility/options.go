package mobility

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/score"
)

// Options control [Estimate]. The zero value suits a score that tells the width of its kernel, and exact scores.
type Options struct {
	// Sigma is the standard deviation σ of the noise put on the samples before V is measured, y = x + σz, LD (37), in t's
	// coordinates. A score that was learned from data with noise is that of the perturbed density p_σ, and only there is
	// ⟨s yᵀ⟩ = −I, LD (36); on clean samples V is off by O(σ²), LD (39)–(40). 0 means the width that the score itself tells
	// by a method KernelWidth() float64, and no noise for a score without one.
	Sigma float64
	// Clean measures V on the samples as they are, whatever Sigma.
	Clean bool
	// Margin is the smallest eigenvalue, in units of the largest, that D is given when it is not positive definite; 0 means
	// 5·10⁻⁴.
	Margin float64
	// Symmetry, when set, is known of the process: Ċ(0⁺) and V are averaged over it, LD (55)–(56), and Mobility.Defect tells
	// what share of Φ was against it. The standard errors are those of the averaged Φ.
	Symmetry Symmetry
	// Seed selects the noise.
	Seed uint64
	// Progress, if set, is told of the samples and of the parts of the jackknife that are done.
	Progress func(stage string, done, total int)
}

// kernelWidth is told by a score that is the score of a density smoothed by a Gaussian kernel.
type kernelWidth interface{ KernelWidth() float64 }

const defaultMargin = 5e-4

func (o Options) withDefaults(s score.Score) (Options, error) {
	if k, ok := s.(kernelWidth); ok && o.Sigma == 0 {
		o.Sigma = k.KernelWidth()
	}
	if o.Clean {
		o.Sigma = 0
	}
	if o.Margin == 0 {
		o.Margin = defaultMargin
	}
	if !(o.Sigma >= 0) || math.IsInf(o.Sigma, 1) {
		return o, fmt.Errorf("mobility: Sigma is %g; it is a standard deviation: give that of the score's noise", o.Sigma)
	}
	if !(o.Margin > 0 && o.Margin < 1) {
		return o, fmt.Errorf("mobility: Margin is %g; it is a fraction of the largest eigenvalue of D: try %g", o.Margin, defaultMargin)
	}
	return o, nil
}

// symmetric returns a averaged over the symmetry, if there is one.
func (o Options) symmetric(a *mat.Dense) *mat.Dense {
	if o.Symmetry == nil {
		return a
	}
	return o.Symmetry.Average(a)
}

func (o Options) report(stage string, done, total int) {
	if o.Progress != nil {
		o.Progress(stage, done, total)
	}
}
