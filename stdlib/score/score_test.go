package score

import (
	"math"
	"sync"
	"testing"

	"scorebook/internal/numtest"
	"scorebook/internal/rng"
	"scorebook/stdlib/trajectory"
)

var scale = &trajectory.Scale{Mean: []float64{1, -2}, Std: []float64{0.5, 3}}

// quartic is the log density of the tests, −U with a mixed term, and quarticScore its gradient.
func quartic(x []float64) float64 { return -math.Pow(x[0], 4)/4 + x[0]*x[1] - x[1]*x[1] }

var quarticScore = Func{D: 2, F: func(dst, x []float64) {
	dst[0], dst[1] = -x[0]*x[0]*x[0]+x[1], x[0]-2*x[1]
}}

var points = [][]float64{{0, 0}, {1, -1}, {-0.3, 0.8}}

// TestTransformedScores compares with the gradient of the same density written in the other coordinates, LD (59).
func TestTransformedScores(t *testing.T) {
	inPhysical := func(x []float64) float64 {
		n := make([]float64, 2)
		scale.NormalizedTo(n, x)
		return quartic(n)
	}
	inNormalized := func(n []float64) float64 {
		x := make([]float64, 2)
		scale.PhysicalTo(x, n)
		return quartic(x)
	}
	numtest.CheckGradient(t, quartic, quarticScore.ScoreTo, points, 1e-9)
	numtest.CheckGradient(t, inPhysical, Physical(quarticScore, scale).ScoreTo, points, 1e-8)
	numtest.CheckGradient(t, inNormalized, Normalized(quarticScore, scale).ScoreTo, points, 1e-8)
}

func TestTransformsAreInverse(t *testing.T) {
	x := []float64{0.1, 0.2, -1, 2, 3, -0.5}
	want, got := make([]float64, len(x)), make([]float64, len(x))
	quarticScore.ScoreTo(want, x)
	Normalized(Physical(quarticScore, scale), scale).ScoreTo(got, x)
	numtest.Slice(t, "score after both ways", got, want, 1e-13)
	if s := Physical(quarticScore, nil); s.Dim() != 2 {
		t.Error("no scale changes the score")
	}
}

func TestShapesAreChecked(t *testing.T) {
	misuse := map[string]func(){
		"length":    func() { quarticScore.ScoreTo(make([]float64, 2), make([]float64, 4)) },
		"remainder": func() { quarticScore.ScoreTo(make([]float64, 3), make([]float64, 3)) },
		"scale":     func() { Physical(Func{D: 1}, scale) },
	}
	for name, f := range misuse {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}

func TestTransformsAreSafeForConcurrentUse(t *testing.T) {
	s := Physical(quarticScore, scale)
	x := make([]float64, 2000)
	r := rng.New(1, "test")
	r.Normals(x)
	want := make([]float64, len(x))
	s.ScoreTo(want, x)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			got := make([]float64, len(x))
			for n := 2; n <= len(x); n += 2 * 37 {
				s.ScoreTo(got[:n], x[:n])
				numtest.Slice(t, "score", got[:n], want[:n], 0)
			}
		})
	}
	all.Wait()
}

func BenchmarkPhysical(b *testing.B) {
	s := Physical(quarticScore, scale)
	x, dst := make([]float64, 2*64), make([]float64, 2*64)
	b.ReportAllocs()
	for b.Loop() {
		s.ScoreTo(dst, x)
	}
}
