package kgmm

import "math"

// Rule says which change of the cells' E[z|Ω] from one pass to the next is compared with the tolerance.
type Rule int

const (
	// Frobenius is ‖E⁽ᵗ⁾ − E⁽ᵗ⁻¹⁾‖² / ‖E⁽ᵗ⁾‖² over all cells together.
	Frobenius Rule = iota
	// Maximum is max_k |E_k⁽ᵗ⁾ − E_k⁽ᵗ⁻¹⁾| over the cells, KG Algorithm 1. The cell with the fewest samples decides, so it takes
	// many more passes.
	Maximum
)

// String names the rule.
func (r Rule) String() string {
	if r == Maximum {
		return "largest change of a cell"
	}
	return "relative change of all cells"
}

// change compares a with b, both cell-major with dim numbers a cell.
func (r Rule) change(a, b []float64, dim int) float64 {
	if r == Maximum {
		return largestChange(a, b, dim)
	}
	return relativeChange(a, b)
}

// relativeChange is ‖a − b‖² / ‖a‖².
func relativeChange(a, b []float64) float64 {
	diff, norm := 0.0, 0.0
	for i, v := range a {
		diff += (v - b[i]) * (v - b[i])
		norm += v * v
	}
	if norm == 0 {
		return 0
	}
	return diff / norm
}

// largestChange is max_k |a_k − b_k|.
func largestChange(a, b []float64, dim int) float64 {
	largest := 0.0
	for k := 0; k < len(a); k += dim {
		sum := 0.0
		for i := k; i < k+dim; i++ {
			sum += (a[i] - b[i]) * (a[i] - b[i])
		}
		largest = max(largest, sum)
	}
	return math.Sqrt(largest)
}
