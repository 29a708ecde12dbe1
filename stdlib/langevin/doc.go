// Package langevin is the reduced model that a score and a mobility make,
//
//	ẋ = Φ s(x) + √2 Σ ξ,   Φ = D + R,   D = ΣΣᵀ,   LD (11), (78)
//
// whose stationary density is that of the score, whatever the rotation R, and whose short-time correlations are those of
// Φ, LD (12). Package sde integrates it; an Euler–Maruyama step is LD (77).
//
// [Model.Simulate] refuses steps that blow up and counts the returns from beyond a bound; [Model.SameNoise] drives the model
// with the noise of a known truth; [StateDependent] takes a Φ that depends on x, LD (8); [Overdamped] is KG (1) with Σ = I.
// [Tune] scales Φ until the autocorrelations are those of the data, and [Baselines] puts all ways side by side.
//
// Reference: LD, "Score-Based Modeling of Effective Langevin Dynamics", Phys. Rev. E 114, L012102 (2026).
package langevin
