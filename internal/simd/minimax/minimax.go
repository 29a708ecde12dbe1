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
