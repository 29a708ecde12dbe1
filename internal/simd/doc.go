// Package simd holds the kernels of the hot loops: dense layers and convolutions forwards and backwards, batch norms,
// activations and the Adam step in float32, and standard normal numbers in float64.
//
// Each kernel exists three times: in AVX-512 and in AVX2 assembly, written by the generator in gen, and in pure Go. The
// widest that the processor has is chosen when the program starts; a plain go build has them all.
//
// # Reproducibility
//
// The three give the same bits (a NaN's payload and sign apart). Every output is computed by the same operations in the
// same order: a sum is one chain of fused multiply-adds from its initial value, in increasing order of the summation
// index, whatever tile or block it falls in; the elementary functions evaluate one polynomial; division and square root
// are those of IEEE 754. Where the processor has no fused multiply-add, pure Go rounds the exact product and sum once
// itself. So a result depends neither on the machine, nor on the batch a sample is part of, nor on the number of cores,
// since a kernel uses one.
//
// # Accuracy
//
// A sum of n products differs from the exact one by at most (n + 1)·2⁻²⁴·Σ|terms|. Exp is within 1 ulp, Tanh within 1.5
// ulp, Swish within 2.5 ulp, SwishBack within (3 + max(0, z))·2⁻²⁴ for dy = 1, and Normals within 4·10⁻¹⁵·(1 + |z|) of
// the transform's exact value.
//
// # Shapes
//
// Matrices are row-major slices without gaps, weights in×out, batches sample-major. Sizes that do not fit panic
// with "simd: …". Destinations may not overlap inputs unless a function says so. Nothing is allocated in steady state.
package simd

//go:generate go run ./gen -out kernels_amd64.s -stubs stubs_amd64.go -pkg simd
