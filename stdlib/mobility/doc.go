// Package mobility estimates the constant drift matrix of the model ẋ = Φ s(x) + √2 Σ ξ, LD (11), from a trajectory:
//
//	Φ V = Ċ(0⁺),   V = ⟨s(x) xᵀ⟩,   LD (29), (74)
//
// with Ċ(0⁺) from a rate matrix and the Stein matrix V, which is −I for an exact score, LD (31), measured with the score
// at hand. The symmetric part D = ½(Φ + Φᵀ) is the diffusion, D = ΣΣᵀ, and the antisymmetric part R = ½(Φ − Φᵀ) the
// rotation that leaves the density as it is, LD (12), (75)–(76).
//
// [Integrated] takes correlations over a finite time in place of Ċ(0⁺), for processes that are smooth over short ones.
//
// A known [Symmetry] of the process is averaged over, LD (55)–(56), and the share of Φ that was against it is told.
// [Baselines] has the ways of others to Φ, on the same data.
//
// Matrices are D×D and act on columns; element (i, j) of Φ has the unit of xᵢxⱼ per time.
//
// Reference: LD, "Score-Based Modeling of Effective Langevin Dynamics", Phys. Rev. E 114, L012102 (2026).
package mobility
