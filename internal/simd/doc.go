// Package simd holds the float32 kernels of the hot loops: dense layers forwards and backwards, activations and the Adam step.
package simd

//go:generate go run ./gen -out kernels_amd64.s -stubs stubs_amd64.go -pkg simd
