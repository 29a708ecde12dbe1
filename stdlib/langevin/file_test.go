package langevin

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/rng"
	"scorebook/stdlib/mobility"
	"scorebook/stdlib/nn"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/trajectory"
)

// fitted is a model with numbers of all bits.
func fitted(t *testing.T) *Model {
	t.Helper()
	random := rng.New(5, "test")
	normals := func(n int) []float64 {
		x := make([]float64, n)
		random.Normals(x)
		return x
	}
	matrix := func() *mat.Dense { return mat.NewDense(2, 2, normals(4)) }
	scale := &trajectory.Scale{Mean: normals(2), Std: []float64{1.1, 0.3}}
	phi := matrix()
	phi.Set(0, 0, 3.3)
	phi.Set(1, 1, 2.7)
	f, err := mobility.New(phi, scale)
	if err != nil {
		t.Fatal(err)
	}
	f.V, f.CDot, f.StdErr = matrix(), matrix(), matrix()
	f.Errors = &mobility.Errors{D: matrix(), R: matrix(), V: matrix()}
	f.Width, f.Tau, f.Method, f.Names = 0.05, 1.0/3, "logarithm", []string{"θ", "ω"}
	m, err := New(&nn.Denoiser{Net: nn.NewMLP(3, 2, 16, 2), Sigma: 0.1 / 3, Scale: scale}, f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// learned is a score that holds its network.
type learned struct{ score.Score }

func (l learned) Denoiser() *nn.Denoiser { return l.Score.(*nn.Denoiser) }

// TestASavedModelRunsToTheSameBits: mobility, errors, and a simulation with the same seed.
func TestASavedModelRunsToTheSameBits(t *testing.T) {
	m := fitted(t)
	path := filepath.Join(t.TempDir(), "model.safetensors")
	fit := &Model{Score: learned{m.Score.(*nn.Denoiser)}, Mobility: m.Mobility} // as the models of package kgmm are
	if err := fit.Save(path); err != nil {
		t.Fatal(err)
	}
	again, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again.Mobility, m.Mobility) {
		t.Errorf("mobility\n%+v\nwant\n%+v", again.Mobility, m.Mobility)
	}
	run := sde.Run{Dt: 1e-4, Steps: 500, Ensemble: 3, Seed: 1}
	want, err := sde.Simulate(t.Context(), m.Physical().SDE(), run)
	if err != nil {
		t.Fatal(err)
	}
	got, err := sde.Simulate(t.Context(), again.Physical().SDE(), run)
	if err != nil || !slices.Equal(got.X, want.X) {
		t.Errorf("the paths differ: %v", err)
	}
	if d, err := nn.LoadDenoiser(path); err != nil || d.Sigma != 0.1/3 { // the file is one of a score as well
		t.Errorf("%v, %v", d, err)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("%d files are left", len(files))
	}
}

func TestFilesThatAreNoModel(t *testing.T) {
	m, dir := fitted(t), t.TempDir()
	if err := m.Physical().Save(filepath.Join(dir, "a")); err == nil || !strings.Contains(err.Error(), "before Physical") {
		t.Errorf("error %v", err)
	}
	d := m.Score.(*nn.Denoiser)
	for text, says := range map[string]string{
		"": "it has no Φ", `{"Phi":[1,2,3]}`: "3 elements for 2 coordinates", `{"Phi":[1,0,0,-1]}`: "eigenvalue", `{"Phi":[1,0,0,1],"Names":["a"]}`: "names",
		"[": "its mobility",
	} {
		path := filepath.Join(dir, "b")
		if text == "" {
			text = "{}"
		}
		if err := d.SaveWith(path, map[string]string{"mobility": text}); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(path); err == nil || !strings.Contains(err.Error(), says) || !strings.HasPrefix(err.Error(), "langevin: ") {
			t.Errorf("%s: error %v, want one about %q", text, err, says)
		}
	}
	path := filepath.Join(dir, "c")
	if err := d.Save(path); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err == nil || !strings.Contains(err.Error(), "score alone") {
		t.Errorf("error %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("%d files", len(entries))
	}
}
