// Package kgmm estimates the score s(x) = ∇ₓ ln p(x) of the density that a trajectory samples, by KGMM: k-means
// clustering of a Gaussian mixture.
//
// Every sample μ carries a Gaussian of width σ, and the score of that mixture p_σ is a conditional mean of the noise,
// KG (10), LD (23):
//
//	x = μ + σz,  z ~ 𝒩(0, I):   ∇ ln p_σ(x) = −E[z|x] / σ
//
// KGMM takes the mean over the cells Ω of a partition instead of at a point, KG (13)–(14), LD (25)–(26), and joins the
// cells by a small network, KG (15):
//
//  1. cut the space into N_C cells by a bisecting k-means tree of one perturbed draw (package partition);
//  2. draw fresh noise for the whole series, label the perturbed samples, and add up z, x and counts cell by cell;
//     repeat until E[z|Ω] changes by less than a tolerance, ‖E⁽ᵗ⁾ − E⁽ᵗ⁻¹⁾‖² / ‖E⁽ᵗ⁾‖² < ε in the Frobenius norm;
//  3. fit a network to the pairs (mean of x, E[z|Ω]), each weighted by its counts.
//
// σ trades bias for variance. The estimate is that of the smoothed density p_σ = p ∗ 𝒩(0, σ²I), a bias of order σ²;
// but as the passes go on it becomes the cell average of a kernel density's score with bandwidth σ, whose scatter
// grows as σ falls and which more passes do not reduce, only more samples. Cells average it further, and the
// network more, so N_C may be well above σ^(−D), KG (11); it should stay below N/10.
//
// [Model.Scatter] says how much of the cells' scores is that chance, and a fit where it is most warns. [Choose] tries widths
// and numbers of cells, and judges them by the held-out loss of denoising score matching.
//
// The weights are the remedy for cells that are rarely visited: their E[z|Ω] scatters as 1/√count, and least squares
// with equal weights would let them bend the network where nothing is known.
//
// KG: "KGMM: A K-means Clustering Approach to Gaussian Mixture Modeling for Score Function Estimation".
// LD: "Score-Based Modeling of Effective Langevin Dynamics".
package kgmm
