// Package trajectory holds a sampled time series x(t) ∈ ℝᴰ: the observations every other stage starts from.
//
// Samples are stored one after another (sample-major), equally spaced by Dt. An ensemble of independent runs is one
// Trajectory whose Lens gives the samples of each run; nothing is ever correlated across the border of two runs.
//
// Normalised coordinates are x̃ = (x − μ) ⊘ std, LD (57). A normalised trajectory carries its Scale, so that scores
// (LD 59), mobilities (LD 60) and samples can be taken back to physical coordinates.
//
// References:
//   - LD: "Score-Based Modeling of Effective Langevin Dynamics", Phys. Rev. E 114, L012102 (2026).
//   - KG: "KGMM: A K-means Clustering Approach to Gaussian Mixture Modeling for Score Function Estimation".
package trajectory
