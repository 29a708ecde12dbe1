// Package spectral holds the kernels of pseudo-spectral integration on a ring: fast Fourier transforms of many fields side
// by side, and the substeps of the exponential Runge–Kutta scheme ETDRK4 for an equation
//
//	∂ₜv̂ₖ = Lₖ v̂ₖ + iγₖ 𝓕[v²]ₖ,   L, γ real.
//
// # Layout
//
// A bundle of n values is n·16 numbers: for each point or wavenumber, 8 real parts, then 8 imaginary parts. A kernel does
// the same to each of the 8 lanes, so it fills a vector register whatever n is. A lane holds two real fields, one as its real
// and one as its imaginary part: everything in the scheme is linear over the reals but the square, which Square takes of each
// part by itself. So the transform of two fields costs that of one, and nothing has to be unravelled.
//
// The forward transform takes points in their order to wavenumbers in the order of Plan.Wavenumber, and the inverse
// transform back; neither has to reorder anything.
//
// Kernels exist in AVX-512, in AVX2 and in pure Go, and the three give the same bits. Sizes that do not fit panic.
package spectral

//go:generate go run ./gen -out kernels_amd64.s -stubs stubs_amd64.go -pkg spectral
