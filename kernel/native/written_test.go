package native

import (
	"slices"
	"testing"
)

const writtenText = `package p
func fill(x []float64) float64 { for i := 0; i < 4; i++ { x[i] = float64(i + 5) }; return x[0] }
func before(x []float64) float64 { for i := 0; i < 3; i++ { x[i] = x[(i-1)] }; return 0 }
func array(x []float64) float64 { var a [3]float64; for i := 0; i < 3; i++ { a[i+1] = 1; x[i] = a[i+1] }; return 0 }
func divide(x []float64) float64 { for i := range 3 { x[0] += float64(6 / (i - 1)) }; return x[0] }
func ring(x []float64) float64 {
	s := 0.0
	for k := 0; k < 2; k++ {
		for j := k; j < 2+k; j++ {
			if j == k {
				s += 100 * x[(k+2+1)%3]
			} else if i := 2*j - k; i < 3 {
				s += x[i] * float64(k+1)
			}
			s += 0.001 * x[(j+3-1)%3]
		}
	}
	return s
}
func forward(x []float64) float64 { for i := 0; i < 2; i++ { x[i+1] += x[i]; n := i + 1; x[n] *= 2 }; return x[2] }
`

// TestLoopsWrittenOut: turn by turn as they stand, with the same failures at the same point, whatever the lengths.
func TestLoopsWrittenOut(t *testing.T) {
	fs := build(t, writtenText, nil)
	for _, c := range []struct {
		name   string
		x      []float64
		result float64
		after  []float64
		panics string
	}{
		{"fill", make([]float64, 5), 5, []float64{5, 6, 7, 8, 0}, ""},
		{"fill", make([]float64, 2), 0, []float64{5, 6}, "runtime error: index out of range [2] with length 2"},
		{"before", []float64{1, 2, 3}, 0, []float64{1, 2, 3}, "runtime error: index out of range [-1]"},
		{"array", []float64{9, 9, 9}, 0, []float64{1, 1, 9}, "runtime error: index out of range [3] with length 3"},
		{"divide", []float64{1}, 0, []float64{-5}, "runtime error: integer divide by zero"},
		{"ring", []float64{1, 2, 4}, 100 + 4 + 200 + 0.004 + 0.001 + 0.001 + 0.002, []float64{1, 2, 4}, ""},
		{"forward", []float64{1, 2, 4}, 20, []float64{1, 6, 20}, ""},
		{"forward", []float64{1, 2}, 0, []float64{1, 6}, "runtime error: index out of range [2] with length 2"},
	} {
		f := fs[c.name].Interface().(func([]float64) float64)
		var got float64
		if said := message(func() { got = f(c.x) }); said != c.panics {
			t.Errorf("%s: %q, want %q", c.name, said, c.panics)
		}
		if diff := got - c.result; diff > 1e-12 || diff < -1e-12 || !slices.Equal(c.x, c.after) {
			t.Errorf("%s: %v and %v, want %v and %v", c.name, got, c.x, c.result, c.after)
		}
	}
}
