package trajectory

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func series(t testing.TB, dim int, dt float64, x []float64, lens ...int) *Trajectory {
	t.Helper()
	tr, err := NewRuns(dim, dt, x, lens)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func TestShape(t *testing.T) {
	tr := series(t, 2, 0.5, []float64{1, 2, 3, 4, 5, 6}, 1, 2)
	if tr.Len() != 3 || tr.RunCount() != 2 || tr.LongestRun() != 2 {
		t.Errorf("%d samples, %d runs, longest %d", tr.Len(), tr.RunCount(), tr.LongestRun())
	}
	if got := tr.At(1); !slices.Equal(got, []float64{3, 4}) {
		t.Errorf("At(1) = %v", got)
	}
	if got := tr.Coordinate(nil, 1); !slices.Equal(got, []float64{2, 4, 6}) {
		t.Errorf("Coordinate(1) = %v", got)
	}
	if got := tr.Starts(); !slices.Equal(got, []float64{1, 2, 3, 4}) {
		t.Errorf("Starts = %v", got)
	}
	var runs [][2]int
	for start, end := range tr.Runs() {
		runs = append(runs, [2]int{start, end})
	}
	if !slices.Equal(runs, [][2]int{{0, 1}, {1, 3}}) {
		t.Errorf("Runs = %v", runs)
	}
	if tr.Name(0) != "x₁" || tr.Name(11) != "x₁₂" {
		t.Errorf("names %q and %q", tr.Name(0), tr.Name(11))
	}
}

func TestBadSeries(t *testing.T) {
	x := []float64{1, 2, 3, 4}
	cases := []struct {
		says string
		dim  int
		dt   float64
		x    []float64
		lens []int
	}{
		{"dimension is 0", 0, 1, x, nil},
		{"Δt is 0", 2, 0, x, nil},
		{"Δt is NaN", 2, math.NaN(), x, nil},
		{"no samples", 2, 1, nil, nil},
		{"4 values", 3, 1, x, nil},
		{"sample 1 has x₂ = NaN", 2, 1, []float64{1, 2, 3, math.NaN()}, nil},
		{"sample 0 has x₁ = -Inf", 2, 1, []float64{math.Inf(-1), 2}, nil},
		{"run 0 has 0", 2, 1, x, []int{0, 2}},
		{"3 samples together", 2, 1, x, []int{1, 2}},
	}
	for _, c := range cases {
		_, err := NewRuns(c.dim, c.dt, c.x, c.lens)
		if err == nil || !strings.HasPrefix(err.Error(), "trajectory: ") || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one about %q", err, c.says)
		}
	}
}

func TestSummaryNamesEveryFigure(t *testing.T) {
	x := make([]float64, 0, 4000)
	for k := range 2000 {
		x = append(x, 5+math.Sin(float64(k)/10), math.Cos(float64(k)/20))
	}
	tr := series(t, 2, 0.1, x, 1000, 1000)
	tr.Names = []string{"a<b", "v"}
	tr.Resets = 3
	norm, err := tr.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"2\u202f000", "0.1", "200", "a<b", "physical", "resets"} {
		if !strings.Contains(tr.String(), s) {
			t.Errorf("the summary lacks %q:\n%s", s, tr)
		}
	}
	if !strings.Contains(norm.String(), "normalised") || !strings.Contains(norm.String(), "5.0") {
		t.Errorf("the summary of a normalised series lacks its physical mean:\n%s", norm)
	}
	if h := tr.HTML(); !strings.Contains(h, "a&lt;b") || strings.Contains(h, "a<b") {
		t.Errorf("names are not escaped in %s", h)
	}
	if (&Trajectory{}).String() == "" || (&Trajectory{}).HTML() == "" {
		t.Error("an empty trajectory shows nothing")
	}
	wide := series(t, 20, 1, make([]float64, 40))
	if !strings.Contains(wide.String(), "4 more") {
		t.Errorf("20 coordinates are not cut short:\n%s", wide)
	}
}
