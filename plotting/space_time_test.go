package plotting

import (
	"testing"

	"scorebook/stdlib/trajectory"
)

func TestSpaceTimeOrientation(t *testing.T) {
	// Coordinate i is 10·i + k at sample k, normalised by a scale that must be undone.
	const d, n = 3, 5
	x := make([]float64, n*d)
	for k := range n {
		for i := range d {
			x[k*d+i] = (float64(10*i+k) - 1) / 2
		}
	}
	series, err := trajectory.New(d, 0.5, x)
	if err != nil {
		t.Fatal(err)
	}
	series.Scale = &trajectory.Scale{Mean: []float64{1, 1, 1}, Std: []float64{2, 2, 2}}
	f, err := spaceTime(series, 0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := []float64{1, 2, 3, 11, 12, 13, 21, 22, 23}
	for k, v := range want {
		if f.Z[k] != v {
			t.Errorf("Z = %v, want %v", f.Z, want)
			break
		}
	}
	if f.X[0] != 0.5 || f.X[2] != 1.5 || f.Y[2] != 3 {
		t.Errorf("axes %v and %v", f.X, f.Y)
	}
}

func TestSpaceTimeRefuses(t *testing.T) {
	one := wandering(1, 1, 50)
	if _, err := SpaceTime(one, nil, Options{}); err == nil {
		t.Error("a single coordinate makes no map")
	}
	if _, err := SpaceTime(wandering(1, 3, 50), wandering(1, 2, 50), Options{}); err == nil {
		t.Error("series of different dimension were taken")
	}
	f, err := SpaceTime(wandering(1, 3, 50), wandering(2, 3, 50), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := f.PNG(1); err != nil {
		t.Error(err)
	}
}
