// Package sde integrates stochastic differential equations
//
//	dX = F(X) dt + B(X) dW,   LD (1) with F the drift and B = √2 Σ,
//
// for one trajectory or an ensemble, by the Euler–Maruyama scheme or another Scheme. A B that depends on the state says
// whether it is meant in Itô's or in Stratonovich's sense, and a scheme that solves the other equation refuses it.
//
// The noise ζ of a member depends on (Seed, member, step, component) alone. So results are the same bits on any number
// of cores, and a second model that is run with the same Seed, Dt, Start and number of noise components is driven by the
// very noise that drove the first: the pathwise comparison of LD Figs. 3 and 4.
//
// The inner loops of the schemes are also there as text, for a compiler that makes one piece of a loop and a drift:
// [InnerOf], [SDE.Compiled].
//
// References:
//   - LD: "Score-Based Modeling of Effective Langevin Dynamics", Phys. Rev. E 114, L012102 (2026).
//   - Kloeden and Platen, "Numerical Solution of Stochastic Differential Equations", Springer (1992).
package sde
