// Package score holds scores s(x) = ∇ₓ ln p(x) of a stationary density p: the interface that estimators and exact
// solutions share, their transforms between normalised and physical coordinates, and the Gaussian-mixture score of
// a data set.
//
// Points are sample-major: len(x)/D points of D coordinates, one after another. A score has the unit 1/x.
//
// References:
//   - LD: "Score-Based Modeling of Effective Langevin Dynamics", Phys. Rev. E 114, L012102 (2026).
//   - KG: "KGMM: A K-means Clustering Approach to Gaussian Mixture Modeling for Score Function Estimation".
package score
