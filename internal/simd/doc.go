// Package simd holds the float32 kernels of the hot loops: dense layers forwards and backwards, activations and the Adam step.
package simd
