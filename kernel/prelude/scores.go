package prelude

import (
	"scorebook/stdlib/dsm"
	"scorebook/stdlib/kgmm"
	"scorebook/stdlib/score"
)

// KGMM learns the score s(x) = ∇ₓ ln p(x) of the density that t samples, in the coordinates of t: the mean noise
// E[z|Ω] in the cells Ω of a partition, s = −E[z|x]/σ, LD (23)–(26), joined by a network, KG (15). Sigma is required; the
// papers take 0.05 for normalised series of few dimensions.
func (v *Vocabulary) KGMM(t *Trajectory, o KGMMOptions) *KGMMModel {
	m := watched(v, func(report func(string, int, int)) (*KGMMModel, error) {
		o.Progress = report
		return kgmm.Fit(v.context(), t, o)
	})
	v.warn(m.Warnings)
	return m
}

// ChooseKGMM looks for the width σ and the number of cells N_C that suit t, in the coordinates of t: it fits the beginning
// of the series with several and judges all by the denoising loss on its end, at one small noise.
func (v *Vocabulary) ChooseKGMM(t *Trajectory, options ...ChooseOptions) *KGMMChoice {
	o := only(options)
	return watched(v, func(report func(string, int, int)) (*KGMMChoice, error) {
		o.Progress = report
		return kgmm.Choose(v.context(), t, o)
	})
}

// DSM learns the score of the density that t samples by denoising score matching, KG (16), LD (63)–(65): a network is
// trained to guess the noise of perturbed samples, all of them in every epoch. Sigma is required.
func (v *Vocabulary) DSM(t *Trajectory, o DSMOptions) *DSMModel {
	m := watched(v, func(report func(string, int, int)) (*DSMModel, error) {
		o.Progress = report
		return dsm.Fit(v.context(), t, o)
	})
	v.warn(m.Warnings)
	return m
}

// MixtureScore is the score of the Gaussian mixture with a kernel of width sigma on every sample of t, LD (22), KG (19).
func (v *Vocabulary) MixtureScore(t *Trajectory, sigma float64) Score {
	return must(score.NewMixture(t, sigma))
}

// PhysicalScore takes a score from normalised to physical coordinates, s(x) = S⁻¹ s̃(S⁻¹(x − μ)), LD (59).
func (v *Vocabulary) PhysicalScore(s Score, scale *Scale) Score {
	return score.Physical(together(given(s)), scale)
}

// NormalizedScore takes a score from physical to normalised coordinates, s̃(x̃) = S s(μ + S x̃), the inverse of LD (59).
func (v *Vocabulary) NormalizedScore(s Score, scale *Scale) Score {
	return score.Normalized(together(given(s)), scale)
}
