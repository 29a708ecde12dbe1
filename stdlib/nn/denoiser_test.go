package nn

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"scorebook/stdlib/trajectory"
)

func TestDenoiserIsSavedToTheBit(t *testing.T) {
	d := &Denoiser{Net: NewMLP(1, 2, 8, 2), Sigma: 0.1 / 3, Scale: &trajectory.Scale{Mean: []float64{1.0 / 3, 2}, Std: []float64{0.7, 3.1}}}
	path := filepath.Join(t.TempDir(), "score")
	if err := d.Save(path); err != nil {
		t.Fatal(err)
	}
	got, err := LoadDenoiser(path)
	if err != nil {
		t.Fatal(err)
	}
	x := normals(20, 2)
	a, b := make([]float64, 20), make([]float64, 20)
	d.ScoreTo(a, x)
	got.ScoreTo(b, x)
	if got.Sigma != d.Sigma || !slices.Equal(got.Scale.Mean, d.Scale.Mean) || !slices.Equal(got.Scale.Std, d.Scale.Std) || !slices.Equal(a, b) {
		t.Errorf("read %v, wrote %v", got, d)
	}
	for name, bad := range map[string]func() error{
		"σ":      func() error { return Save(path, d.Net, nil) },
		"inputs": func() error { return Save(path, NewMLP(1, 2, 3), map[string]string{"sigma": "1"}) },
		"scale":  func() error { return Save(path, d.Net, map[string]string{"sigma": "1", "scale": `{"Mean":[1]}`}) },
	} {
		if err := bad(); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadDenoiser(path); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
