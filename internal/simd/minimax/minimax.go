// Package minimax holds the constants of the elementary functions, shared by the assembly's generator and its pure Go
// twin so that both evaluate the same polynomials.
package minimax

// Range reduction of the exponential: x = n·ln 2 + r. Adding Round = 1.5·2²³ leaves round(x·log₂e) in the low
// bits of the significand. Beyond ExpMin and ExpMax eˣ rounds to 0 and to +Inf.
const (
	ExpMin  float32 = -104
	ExpMax  float32 = 89
	Log2E   float32 = 1.4426950408889634
	Round   float32 = 12582912
	Ln2High float32 = 0.6931471824645996
	Ln2Low  float32 = -1.9046542121259336e-09
)

// TanhSmall is where Tanh's polynomial ends.
const TanhSmall float32 = 0.625

// Exp is e^r on |r| ≤ ln 2 / 2, highest power first: 1 + r + r²·q(r) with q of least relative error (3·10⁻⁹).
var Exp = [7]float32{
	0.0013814583653584123, 0.008368724025785923, 0.04166838899254799, 0.1666652113199234, 0.4999999403953552, 1, 1,
}

// Tanh is P in tanh x = x + x³·P(x²) on |x| ≤ TanhSmall, highest power first (relative error 2·10⁻¹⁰).
var Tanh = [6]float32{
	0.0021475462708622217, -0.008182684890925884, 0.021702973172068596, -0.05394720658659935, 0.13333210349082947,
	-0.3333333134651184,
}

// Constants of the normal numbers, in float64. A float64 near 2⁵² + n holds the integer n in its low bits.
const (
	Ln2High64 = 0.6931471805598903 // 42 bits, so that its product with an exponent is exact
	Ln2Low64  = 5.497923018708371e-14
	HalfRoot  = 0x3fe6a09e667f3bcd // the bits of √½
	TwoTo52   = 1 << 52
)

// Log is P in log((1+s)/(1−s)) = 2s + s³·P(s²) on √½ ≤ (1+s)/(1−s) ≤ √2, highest power first (error 3·10⁻¹⁶ of P).
var Log = [7]float64{
	0.14616576421644387, 0.15331711346672997, 0.18182889433757515, 0.22222211130560726, 0.28571428626001427,
	0.3999999999989945, 0.666666666666667,
}

// Sin is P in sin(πf/2) = f·P(f²), and Cos is P in cos(πf/2) = P(f²), on |f| ≤ ½, highest power first (errors below
// 5·10⁻¹⁷).
var (
	Sin = [7]float64{
		5.633933781537854e-08, -3.59864335298231e-06, 0.0001604411507421909, -0.004681754132340976, 0.07969262624604301,
		-0.6459640975062443, 1.5707963267948966,
	}
	Cos = [7]float64{
		4.6552961874867623e-07, -2.520013526428479e-05, 0.000919259950041661, -0.02086348073494657, 0.25366950789986475,
		-1.2337005501361513, 1,
	}
)
