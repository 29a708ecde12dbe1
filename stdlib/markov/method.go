package markov

// Method names an estimator of the generator and of Ċ(0⁺).
type Method int

const (
	// Logarithm is ln(T)/τ, with T the transition operator on the cells and the coordinates. Where no coordinates
	// inside the cells are known, as for a chain given by its counts, it is CellLogarithm.
	Logarithm Method = iota
	// CellLogarithm is ln(P)/τ.
	CellLogarithm
	// Naive is (P − I)/τ, LD (70) and (42).
	Naive
	// PerState is Naive with column j multiplied by κⱼ = −ln p̂ⱼⱼ/(1 − p̂ⱼⱼ), LD (71): right for a chain that
	// jumps, too large for a diffusion.
	PerState
	// MeanDiagonal is Naive multiplied by κ = Σⱼ(−ln p̂ⱼⱼ)/Σⱼ(1 − p̂ⱼⱼ), the choice for LD Figs. 1 and 2.
	MeanDiagonal
	// Direct is [C(τ) − C(0)]/τ from the trajectory, without cells or generator.
	Direct
	// Richardson is 2E(τ) − E(2τ) of the direct estimate E: its error is of second order in τ.
	Richardson
)

var methodNames = [...]string{"logarithm", "cell logarithm", "naive", "per state", "mean diagonal", "direct", "Richardson"}

// String returns the method's name in words.
func (m Method) String() string {
	if m < 0 || int(m) >= len(methodNames) {
		return "unknown method"
	}
	return methodNames[m]
}

// Methods returns all methods, for a comparison.
func Methods() []Method {
	return []Method{Logarithm, CellLogarithm, Naive, PerState, MeanDiagonal, Direct, Richardson}
}
