// Package systems holds stochastic systems whose answer is known: the papers' examples, and the Ornstein–Uhlenbeck
// process as the oracle of every estimator. The zero value of each type has the papers' parameters.
//
// Systems whose density has a closed form give their equation (SDE), their exact score s = ∇ₓ ln p (Score), and their
// exact Φ = −Ċ(0⁺), LD (12) (Mobility): the two-dimensional potential, double and triple well, the reduced triad with
// multiplicative noise, a triad with additive noise, and Ornstein–Uhlenbeck. Lorenz 63 and the two-scale Lorenz 96 give
// their equation, with noise and without. Kuramoto–Sivashinsky, whose stiffness needs a scheme of its own, is
// integrated by its method Simulate.
//
// References:
//   - LD: "Score-Based Modeling of Effective Langevin Dynamics", Phys. Rev. E 114, L012102 (2026).
//   - KG: "KGMM: A K-means Clustering Approach to Gaussian Mixture Modeling for Score Function Estimation".
//   - Kassam and Trefethen, "Fourth-order time-stepping for stiff PDEs", SIAM J. Sci. Comput. 26 (2005).
//   - Metzner, Schütte and Vanden-Eijnden, "Illustration of transition path theory on a collection of simple examples",
//     J. Chem. Phys. 125 (2006).
package systems
