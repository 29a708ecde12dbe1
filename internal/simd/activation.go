package simd

// Exp computes dst = eˣ, within 1 ulp: subnormal results are exact to rounding, overflow is +Inf, e^NaN is NaN.
// dst may be x.
func Exp(dst, x []float32) {
	exp(best, dst, x)
}

// Swish computes dst = x·σ(x) with σ(x) = 1/(1 + e⁻ˣ). dst may be x.
func Swish(dst, x []float32) {
	swish(best, dst, x)
}

// Tanh computes dst = tanh(x), within 2 ulp. dst may be x.
func Tanh(dst, x []float32) {
	tanh(best, dst, x)
}

// SwishBack carries a gradient through Swish: dpre = dy · swish′(pre) with
// swish′(z) = σ(z)·(1 + z·(1 − σ(z))). dpre may be dy or pre.
func SwishBack(dpre, dy, pre []float32) {
	swishBack(best, dpre, dy, pre)
}

func exp(set isa, dst, x []float32) {
	check(len(dst) == len(x), "Exp: lengths differ")
	if len(x) > 0 {
		expKernel(set, dst, x)
	}
}

func swish(set isa, dst, x []float32) {
	check(len(dst) == len(x), "Swish: lengths differ")
	if len(x) > 0 {
		swishKernel(set, dst, x)
	}
}

func tanh(set isa, dst, x []float32) {
	check(len(dst) == len(x), "Tanh: lengths differ")
	if len(x) > 0 {
		tanhKernel(set, dst, x)
	}
}

func swishBack(set isa, dpre, dy, pre []float32) {
	check(len(dpre) == len(pre) && len(dy) == len(pre), "SwishBack: lengths differ")
	if len(pre) > 0 {
		swishBackKernel(set, dpre, dy, pre)
	}
}
