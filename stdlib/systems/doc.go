// Package systems holds stochastic systems whose answer is known: the papers' examples, and the Ornstein–Uhlenbeck
// process as the oracle of every estimator. The zero value of each type has the papers' parameters.
//
// Each system gives its equation (SDE), its exact score s = ∇ₓ ln p (Score), and its exact Φ = −Ċ(0⁺), LD (12) (Mobility).
//
// References:
//   - LD: "Score-Based Modeling of Effective Langevin Dynamics", Phys. Rev. E 114, L012102 (2026).
//   - KG: "KGMM: A K-means Clustering Approach to Gaussian Mixture Modeling for Score Function Estimation".
package systems
