package stats

import (
	"math"
	"strings"
	"testing"

	"scorebook/internal/numtest"
	"scorebook/stdlib/trajectory"
)

// waves are two runs of a cosine of amplitude √2 and period 100 in coordinate 1, and of twice that in coordinate 2.
func waves(offset, phase float64, n int) *trajectory.Trajectory {
	t := &trajectory.Trajectory{Dim: 2, Dt: 0.1, Lens: []int{n, n}}
	for range 2 {
		for k := range n {
			c := math.Sqrt2 * math.Cos(2*math.Pi*float64(k)/100+phase)
			t.X = append(t.X, c+offset, 2*c)
		}
	}
	return t
}

func TestPathsOfKnownDistance(t *testing.T) {
	a := waves(0, 0, 1000)
	rmse, err := PathRMSE(a, waves(0.3, math.Pi/3, 1200), 0)
	if err != nil {
		t.Fatal(err)
	}
	// Cosines a phase φ apart have the mean square distance 2(1−cos φ) in units of their variance.
	numtest.Slice(t, "RMSE", rmse, []float64{math.Sqrt(1 + 0.09), 1}, 1e-10)
	r, err := PathCorrelation(a, waves(0.3, math.Pi/3, 1000), 0)
	if err != nil {
		t.Fatal(err)
	}
	numtest.Slice(t, "correlation", r, []float64{0.5, 0.5}, 1e-10)
}

func TestPathsUpToAHorizon(t *testing.T) {
	a, b := waves(0, 0, 1000), waves(0, 0, 1000)
	for k := 5; k < 1000; k++ {
		b.At(k)[0] += 7
	}
	rmse, err := PathRMSE(a, b, 0.4) // samples 0 … 4 of either run
	if err != nil {
		t.Fatal(err)
	}
	numtest.Slice(t, "RMSE", rmse, []float64{0, 0}, 0)
	if rmse, _ = PathRMSE(a, b, 0.5); math.Abs(rmse[0]-7/math.Sqrt(12)) > 1e-6 {
		t.Errorf("RMSE %v once sample 5 of one run counts, want 7/√12", rmse)
	}
}

func TestPathsRunByRun(t *testing.T) {
	a, b := waves(0, 0, 1000), waves(0, 0, 1000)
	for k := 1000; k < 2000; k++ {
		b.At(k)[1] += 3
	}
	errors, err := PathErrors(a, b, 0)
	if err != nil {
		t.Fatal(err)
	}
	numtest.Slice(t, "first run", errors[0], []float64{0, 0}, 0)
	numtest.Slice(t, "second run", errors[1], []float64{0, 1.5}, 1e-10) // coordinate 2 has the standard deviation 2
}

func TestPathsThatCannotBeCompared(t *testing.T) {
	a := waves(0, 0, 1000)
	coarse, one, flat, single := waves(0, 0, 1000), waves(0, 0, 1000), waves(0, 0, 1000), waves(0, 0, 1000)
	coarse.Dt = 0.2
	one.Lens = nil
	single.Dim = 1
	clear(flat.X)
	cases := []struct {
		says    string
		a, b    *trajectory.Trajectory
		horizon float64
	}{
		{"sampled every", a, coarse, 0}, {"runs", a, one, 0}, {"constant", flat, a, 0}, {"coordinates", a, single, 0},
		{"time of -1", a, a, -1}, {"lasts", a, a, 1e4},
	}
	for _, c := range cases {
		if _, err := PathRMSE(c.a, c.b, c.horizon); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("RMSE: error %v, want one about %q", err, c.says)
		}
		if _, err := PathCorrelation(c.a, c.b, c.horizon); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("correlation: error %v, want one about %q", err, c.says)
		}
	}
}
