// Package markov turns a trajectory into a Markov chain on the cells of a partition, and that into the correlation
// rate Ċ(0⁺) from which the mobility follows, Φ = −Ċ(0⁺), LD (12).
//
// # Orientation
//
// Matrices act on densities, from column to row: the counts N[i,j] are of transitions j→i, P[i,j] is the probability
// of j→i over the lag τ with columns summing to one, and the generator Q[i,j] is the rate j→i with columns summing to
// zero, ρ̇ = Qρ, LD (41)–(42). π is the share of the transitions that begin in a cell, Π = diag(π), and X (D×n) holds
// the centroids, the means of the samples in each cell. Then
//
//	C(t)   = X e^{Qt} Π Xᵀ,   LD (43)
//	Ċ(0⁺) = X Q Π Xᵀ,        LD (45).
//
// # Estimators
//
// The estimators of Ċ(0⁺) differ widely, and go by name ([Method]). For a diffusion, cells that are wider than the
// motion over one lag inflate Ċ_S; finite differences, [Naive] among them, lose it, and the rotation with it, when the
// lag is long; the exit-rate corrections [PerState] and [MeanDiagonal], LD (71), overestimate it without bound as the
// cells get finer. The default, [Logarithm], has none of these faults:
//
//	Ċ(0⁺) = ⟨(ln T) x, x⟩ / τ,   (T f)(y) = E[f(x(t+τ)) | x(t) = y],
//
// where T is projected on the functions that are constant in each cell, together with the coordinates themselves. The
// coordinates make C(0) and C(τ) exactly those of the data, however wide the cells; for linear dynamics the result does
// not depend on the cells at all, otherwise they carry the nonlinearity. [CellLogarithm] is the same without the
// coordinates, Q = ln(P)/τ.
//
// Neither logarithm is ever formed. The transition operator is projected on the block Krylov space of the coordinates,
// {x, T x, T² x, …}, in the π-weighted inner product, and the logarithm of the small projected matrix is taken through
// its Schur form. One vector per coordinate is the linear inverse model, ln(C(τ) C(0)⁻¹)/τ; each further block
// adds what is nonlinear. The space grows until Ċ settles or until its next eigenvalues would be counting noise,
// whichever is first; [Krylov] tells which.
//
// [HoldingTime] is the rate matrix of a process that jumps. Where x is smooth or only part of what moves, Ċ(0⁺) → 0 or some
// such value as τ → 0 says nothing of the slower motion; [GreenKubo] and [GroupInverse] take −C(0) K⁻¹ C(0) in its place, with
// K = ∫₀^∞ C(t) dt from the data or from the generator, which needs no short lag.
//
// # Judging an estimate
//
// [ScanLags] shows Φ(τ) with block-bootstrap bands and chooses the lag from its plateau; [RateMatrix.ChapmanKolmogorov]
// compares what the chain predicts with the data; [RateMatrix.Timescales] must not depend on the lag; [RateMatrix.Advice]
// sets the width of the cells beside the motion over a lag. [Valid] makes a rate matrix of a logarithm with negative rates,
// and [RateMatrix.Reversible] fulfils detailed balance. [LinearInverse] and [RateMatrix.KramersMoyal] are the estimates of
// others, from the same data.
//
// References:
//   - LD: "Score-Based Modeling of Effective Langevin Dynamics", Phys. Rev. E 114, L012102 (2026).
//   - M. O. Williams, I. G. Kevrekidis and C. W. Rowley, "A data-driven approximation of the Koopman operator",
//     J. Nonlinear Sci. 25, 1307 (2015).
//   - N. J. Higham, "Functions of Matrices", SIAM (2008), chapter 11.
package markov
