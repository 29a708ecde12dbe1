//go:build arm64 || ppc64 || ppc64le || s390x || riscv64

package simd

// fma32 returns a·b + c rounded once: on these machines the compiler fuses the two operations. A c that is itself a
// product must come with an explicit conversion, which keeps its rounding.
func fma32(a, b, c float32) float32 { return a*b + c }
