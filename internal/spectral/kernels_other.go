//go:build !amd64

package spectral

func sets() []isa { return []isa{portable} }

func forwardPass(_ isa, c []float64, s pass) { forwardPassPortable(c, s) }
func inversePass(_ isa, c []float64, s pass) { inversePassPortable(c, s) }
func halve(_ isa, c []float64)               { halvePortable(c) }
func square(_ isa, c []float64)              { squarePortable(c) }

func predict(_ isa, dst, n, v, w []float64, f []Factors) { predictPortable(dst, n, v, w, f) }
func extrapolate(_ isa, dst, n, a, n1, w []float64, f []Factors) {
	extrapolatePortable(dst, n, a, n1, w, f)
}
func complete(_ isa, v, n1, n2, n3, w []float64, f []Factors) { completePortable(v, n1, n2, n3, w, f) }
