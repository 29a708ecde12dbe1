//go:build !amd64

package simd

// whole leaves everything to pure Go where there are no kernels, so that none of these is called.

func advanceKernel(isa, []float64, []float64, []float64, float64, float64) {}
func wellForceKernel(isa, []float64, []float64)                            {}
func finiteKernel(isa, []float64) bool                                     { return true }
func narrowKernel(isa, []float32, []float64)                               {}
