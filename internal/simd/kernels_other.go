//go:build !amd64

package simd

func sets() []isa { return []isa{portable} }

func gemm(_ isa, g *product) { gemmPortable(g) }

func transpose(_ isa, dst, src []float32, rows, cols int) { transposePortable(dst, src, rows, cols) }

func expKernel(_ isa, dst, x []float32)   { expPortable(dst, x) }
func swishKernel(_ isa, dst, x []float32) { swishPortable(dst, x) }
func tanhKernel(_ isa, dst, x []float32)  { tanhPortable(dst, x) }

func swishBackKernel(_ isa, dpre, dy, pre []float32) { swishBackPortable(dpre, dy, pre) }

func adamKernel(_ isa, w, m, v, g []float32, r *adamRates) { adamPortable(w, m, v, g, r) }

func normalBlocks(_ isa, dst []float64, s *schedule, block uint64) {
	normalBlocksPortable(dst, s, block)
}

func rowBlocks(isa, []float64, int, *schedules, uint64) {
	panic("simd: no kernel takes streams side by side here")
}

func momentsKernel(_ isa, sum, sqr, x, c []float32, _, cols int) {
	momentsPortable(sum, sqr, x, c, cols)
}

func affineSwishKernel(_ isa, dst, x, a, b []float32, _, cols int) {
	affineSwishPortable(dst, x, a, b, cols)
}

func affineSwishBackKernel(_ isa, dpre, sum, dot, dy, x, a, b, c []float32, _, cols int) {
	affineSwishBackPortable(dpre, sum, dot, dy, x, a, b, c, cols)
}

func blendKernel(_ isa, dst, u, v, p, q, r []float32, _, cols int) {
	blendPortable(dst, u, v, p, q, r, cols)
}
