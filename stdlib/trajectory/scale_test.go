package trajectory

import (
	"math"
	"strings"
	"testing"

	"scorebook/internal/numtest"
	"scorebook/internal/rng"
)

func TestMomentsOfALargeOffset(t *testing.T) {
	const n, offset = 5000, 1e9
	x := make([]float64, 0, 2*n)
	for k := range n {
		x = append(x, offset+float64(k%2), float64(k))
	}
	m := NewMoments(2, x)
	numtest.Within(t, "mean", m.Mean[0], offset+0.5, 1e-15)
	numtest.Within(t, "std", m.Std()[0], 0.5, 1e-7)
	numtest.Within(t, "mean of 0…n−1", m.Mean[1], (n-1)/2.0, 1e-14)
	numtest.Within(t, "std of 0…n−1", m.Std()[1], math.Sqrt((n*n-1)/12.0), 1e-14)
}

func TestMergedMomentsAreThoseOfTheWhole(t *testing.T) {
	x := make([]float64, 3*2500)
	r := rng.New(1, "test")
	r.Normals(x)
	whole, merged := NewMoments(3, x), NewMoments(3, x[:3*700])
	merged.Merge(NewMoments(3, nil))
	merged.Merge(NewMoments(3, x[3*700:]))
	numtest.Slice(t, "mean", merged.Mean, whole.Mean, 1e-13)
	numtest.Slice(t, "M2", merged.M2, whole.M2, 1e-13)
}

func TestNormalizeAndBack(t *testing.T) {
	x := make([]float64, 2*1000)
	r := rng.New(2, "test")
	r.Normals(x)
	for k := range 1000 {
		x[2*k] = 3 + 0.01*x[2*k]
	}
	before := append([]float64(nil), x...)
	tr := series(t, 2, 1, x, 400, 600)
	norm, err := tr.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	m := norm.Moments()
	numtest.Slice(t, "normalised mean", m.Mean, []float64{0, 0}, 1e-12)
	numtest.Slice(t, "normalised std", m.Std(), []float64{1, 1}, 1e-12)
	numtest.Slice(t, "series after both ways", norm.Physical().X, before, 1e-14)
	numtest.Slice(t, "the input", tr.X, before, 0)
	if tr.Physical() != tr {
		t.Error("Physical copies a series that is physical already")
	}
	if norm.RunCount() != 2 || norm.Physical().Scale != nil {
		t.Error("runs or scale are lost")
	}
	if _, err := norm.Normalize(); err == nil {
		t.Error("a normalised series is normalised again")
	}
}

func TestAConstantCoordinateIsNamed(t *testing.T) {
	x := []float64{1, 0.1, 2, 0.1, 3, 0.1}
	if _, err := series(t, 2, 1, x).Normalize(); err == nil || !strings.Contains(err.Error(), "x₂ is constant") {
		t.Errorf("error %v, want one that names x₂", err)
	}
}
