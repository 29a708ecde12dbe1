package simd

// Exp computes dst = eˣ, within 1 ulp also where the result is subnormal; overflow is +Inf, and a NaN stays one.
// dst may be x.
func Exp(dst, x []float32) {
	exp(best, dst, x)
}

// Swish computes dst = x·σ(x) with σ(x) = 1/(1 + e⁻ˣ), within 2.5 ulp for x > −88; below, where it is smaller than
// 10⁻³⁶, it may be −0. dst may be x.
func Swish(dst, x []float32) {
	swish(best, dst, x)
}

// Tanh computes dst = tanh(x), within 1.5 ulp. dst may be x.
func Tanh(dst, x []float32) {
	tanh(best, dst, x)
}

// SwishBack carries a gradient through Swish: dpre = dy · swish′(pre) with
// swish′(z) = σ(z)·(1 + z·(1 − σ(z))), within (3 + max(0, z))·2⁻²⁴. dpre may be dy or pre.
func SwishBack(dpre, dy, pre []float32) {
	swishBack(best, dpre, dy, pre)
}

func exp(set isa, dst, x []float32) {
	check(len(dst) == len(x), "Exp", "lengths differ")
	if len(x) > 0 {
		expKernel(set, dst, x)
	}
}

func swish(set isa, dst, x []float32) {
	check(len(dst) == len(x), "Swish", "lengths differ")
	if len(x) > 0 {
		swishKernel(set, dst, x)
	}
}

func tanh(set isa, dst, x []float32) {
	check(len(dst) == len(x), "Tanh", "lengths differ")
	if len(x) > 0 {
		tanhKernel(set, dst, x)
	}
}

func swishBack(set isa, dpre, dy, pre []float32) {
	check(len(dpre) == len(pre) && len(dy) == len(pre), "SwishBack", "lengths differ")
	if len(pre) > 0 {
		swishBackKernel(set, dpre, dy, pre)
	}
}
