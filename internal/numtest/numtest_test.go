package numtest

import (
	"math"
	"testing"
)

func TestGradientOfAQuartic(t *testing.T) {
	f := func(x []float64) float64 { return math.Pow(x[0], 4) + x[0]*x[1] }
	gradient := func(dst, x []float64) { dst[0], dst[1] = 4*math.Pow(x[0], 3)+x[1], x[0] }
	CheckGradient(t, f, gradient, [][]float64{{0, 0}, {1.5, -2}, {-3, 10}}, 1e-9)
}

func TestOrderOfAPowerLaw(t *testing.T) {
	h := []float64{0.1, 0.05, 0.02}
	errors := make([]float64, len(h))
	for i, v := range h {
		errors[i] = 3 * math.Pow(v, 1.5)
	}
	Within(t, "order", Order(h, errors), 1.5, 1e-12)
}

// recorder is a testing.TB that keeps whether it failed.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.failed = true }

func TestAssertionsFailWhenTheyShould(t *testing.T) {
	cases := map[string]func(tb testing.TB){
		"NaN":    func(tb testing.TB) { Within(tb, "", math.NaN(), 1, 1) },
		"off":    func(tb testing.TB) { Within(tb, "", 1.1, 1, 0.05) },
		"slice":  func(tb testing.TB) { Slice(tb, "", []float64{1, 2}, []float64{1, 3}, 0.1) },
		"length": func(tb testing.TB) { Slice(tb, "", []float64{1}, []float64{1, 3}, 10) },
		"mean":   func(tb testing.TB) { MeanWithin(tb, "", 0.1, 0, 1, 1e4) },
		"Kolmogorov": func(tb testing.TB) {
			Kolmogorov(tb, "", make([]float64, 100), func(x float64) float64 { return 0.5 + x })
		},
	}
	for name, check := range cases {
		r := &recorder{TB: t}
		if check(r); !r.failed {
			t.Errorf("%s: a wrong value passed", name)
		}
	}
}
