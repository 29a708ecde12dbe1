// Package dsm estimates the score s(x) = ∇ₓ ln p(x) of the density that a trajectory samples, by denoising score
// matching: KG (16), LD (24) and (63)–(65).
//
// A network f is fitted to the noise of perturbed samples,
//
//	y = x + σz,  z ~ 𝒩(0, I):   minimise E|f(y) − z|²,   s(y) = −f(y)/σ
//
// with samples and noise drawn anew in every epoch. The minimum is f = E[z|y], so s is the score of the smoothed density
// p_σ = p ∗ 𝒩(0, σ²I); the loss stays near 1 for each coordinate, above 1 − σ²⟨|s|²⟩/D, because most of a noise cannot be
// guessed. Beside KGMM, which averages the noise before it fits, this one needs many more steps of the network, but no
// partition: it is the way in many dimensions, where LD takes a U-Net.
//
// LD: "Score-Based Modeling of Effective Langevin Dynamics". KG: "KGMM: A K-means Clustering Approach to Gaussian
// Mixture Modeling for Score Function Estimation". P. Vincent, "A connection between score matching and denoising
// autoencoders", Neural Computation 23 (2011).
package dsm
