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
	// HoldingTime is the rate matrix of a process that jumps: one over the mean holding time of each cell, in samples,
	// shared out among the cells by the jumps from it, whatever the lag. At a lag of one sample it is Naive up to the ends
	// of runs. It needs a trajectory.
	HoldingTime
	// Direct is [C(τ) − C(0)]/τ from the trajectory, without cells or generator.
	Direct
	// Richardson is 2E(τ) − E(2τ) of the direct estimate E: its error is of second order in τ.
	Richardson
	// GreenKubo is −C(0) K⁻¹ C(0) with K = ∫₀^∞ C(t) dt of the trajectory, up to the first zero of the correlation averaged
	// over the coordinates once they are made uncorrelated, or to Options.Cutoff. It needs no short lag, gives each mode
	// the integral of its correlation, and is exact for linear dynamics without rotation; a correlation that oscillates
	// goes on beyond its first zero.
	GreenKubo
	// GroupInverse is GreenKubo with K = −X Q^# Π Xᵀ by the group inverse of the generator, here Logarithm's.
	GroupInverse
)

var methodNames = [...]string{"logarithm", "cell logarithm", "naive", "per state", "mean diagonal", "holding time", "direct", "Richardson", "Green–Kubo", "group inverse"}

// String returns the method's name in words.
func (m Method) String() string {
	if m < 0 || int(m) >= len(methodNames) {
		return "unknown method"
	}
	return methodNames[m]
}

// Methods returns all methods, for a comparison.
func Methods() []Method {
	return []Method{Logarithm, CellLogarithm, Naive, PerState, MeanDiagonal, HoldingTime, Direct, Richardson, GreenKubo, GroupInverse}
}

// projects tells the methods that take the logarithm on a Krylov space.
func (m Method) projects() bool { return m == Logarithm || m == CellLogarithm || m == GroupInverse }

// onCells tells the methods that see the cells alone.
func (m Method) onCells() bool { return m >= CellLogarithm && m <= HoldingTime }
