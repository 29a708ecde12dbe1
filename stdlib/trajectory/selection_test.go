package trajectory

import (
	"slices"
	"strings"
	"testing"
)

func counted(t *testing.T, dim int, lens ...int) *Trajectory {
	t.Helper()
	n := 0
	for _, l := range lens {
		n += l
	}
	x := make([]float64, n*dim)
	for i := range x {
		x[i] = float64(i)
	}
	tr, err := NewRuns(dim, 0.5, x, lens)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func TestThinStaysWithinRuns(t *testing.T) {
	thin := counted(t, 2, 5, 3).Thin(2)
	if want := []float64{0, 1, 4, 5, 8, 9, 10, 11, 14, 15}; !slices.Equal(thin.X, want) || !slices.Equal(thin.Lens, []int{3, 2}) || thin.Dt != 1 {
		t.Errorf("%v in runs of %v, Δt = %g", thin.X, thin.Lens, thin.Dt)
	}
	if one := counted(t, 1, 4).Thin(9); one.Len() != 1 {
		t.Errorf("%d samples left", one.Len())
	}
}

func TestSelectKeepsNamesAndScale(t *testing.T) {
	tr := counted(t, 3, 4)
	n, err := tr.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	s := n.Select(2, 0)
	if s.Name(0) != "x₃" || s.Scale.Mean[0] != n.Scale.Mean[2] || s.At(1)[1] != n.At(1)[0] {
		t.Errorf("names %v, scale %v, %v", s.Names, s.Scale, s.X)
	}
	if err := s.Validate(); err != nil {
		t.Error(err)
	}
}

func TestConcat(t *testing.T) {
	a, b := counted(t, 2, 2), counted(t, 2, 1, 3)
	all, err := Concat(a, b)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(all.Lens, []int{2, 1, 3}) || all.Len() != 6 || all.At(2)[0] != 0 {
		t.Errorf("runs of %v, %v", all.Lens, all.X)
	}
	all.X[0] = -1
	if a.X[0] == -1 {
		t.Error("the result shares memory")
	}
	fast, named, scaled := counted(t, 2, 2), counted(t, 2, 2), counted(t, 2, 2)
	fast.Dt = 0.25
	named.Names, a.Names = []string{"u", "v"}, []string{"v", "u"}
	scaled.Scale = &Scale{Mean: []float64{0, 0}, Std: []float64{1, 1}}
	for says, other := range map[string]*Trajectory{
		"coordinates": counted(t, 3, 1), "spacing": fast, "its coordinates are": named, "normalised": scaled,
	} {
		if _, err := Concat(a, other); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one about %q", err, says)
		}
	}
}
