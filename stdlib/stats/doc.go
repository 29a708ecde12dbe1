// Package stats compares trajectories: densities of one and two coordinates by kernel estimation, autocorrelation
// functions, relative entropy, total variation, and distances of paths that were driven by the same noise.
//
// Functions of two trajectories work in physical coordinates: a normalised trajectory is taken back by its Scale first, and
// one without a Scale is taken to be physical. Results have one entry for each coordinate.
//
// References:
//   - LD: "Score-Based Modeling of Effective Langevin Dynamics", Phys. Rev. E 114, L012102 (2026).
//   - KG: "KGMM: A K-means Clustering Approach to Gaussian Mixture Modeling for Score Function Estimation".
//   - Silverman, "Density Estimation for Statistics and Data Analysis", Chapman and Hall (1986).
package stats
