package jupytertest

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// handled is what a browser found when it was used by hand.
type handled struct {
	Completions []string
	Tooltip     string
	Progress    []string
	Stopped     float64 // ms from the stop button to the error
	Error       string
	Kept        string
	Chart       []float64 // width and height
}

func TestHandsInJupyterLab(t *testing.T) {
	l := newJupyter(t).newLab(t)
	const simulate = "Simulate(SDE{Dim: 1, Drift: func(dst, x []float64) { dst[0] = -x[0] }, Noise: Isotropic(1)}, "
	writeNotebook(t, filepath.Join(l.dir, "hands.ipynb"),
		"x := 41\n// half is half of v.\nfunc half(v int) int { return v / 2 }\nz := "+simulate+"Run{Dt: 0.01, Steps: 100_000, Seed: 1})",
		"strings.Trim",
		"half",
		"x = 42\n"+simulate+"Run{Dt: 1e-3, Steps: 2_000_000_000, Every: 1_000_000, Seed: 1})",
		"x",
		"Zoom(z, nil)")
	out := l.visit(t, "hands.mjs", "hands.ipynb", displayName, 2*time.Minute)
	var seen handled
	if err := json.Unmarshal([]byte(out), &seen); err != nil {
		t.Fatalf("%v in %q", err, tail(out))
	}
	for _, want := range []string{"TrimSpace", "TrimFunc"} {
		if !strings.Contains(strings.Join(seen.Completions, " "), want) {
			t.Errorf("Tab offers %v, without %s", seen.Completions, want)
		}
	}
	if !strings.Contains(seen.Tooltip, "func half(v int) int") || !strings.Contains(seen.Tooltip, "half is half of v") {
		t.Errorf("Shift-Tab shows %q", seen.Tooltip)
	}
	steps := map[string]bool{}
	for _, p := range seen.Progress {
		steps[p] = true
	}
	if len(steps) < 3 {
		t.Errorf("the progress bar shows only %q", seen.Progress)
	}
	if !strings.Contains(seen.Error, "Interrupted") || seen.Stopped > 2000 {
		t.Errorf("the stop button shows %q after %g ms", seen.Error, seen.Stopped)
	}
	if strings.TrimSpace(seen.Kept) != "42" {
		t.Errorf("afterwards x shows as %q", seen.Kept)
	}
	if len(seen.Chart) != 2 || seen.Chart[0] < 300 || seen.Chart[1] < 80 {
		t.Errorf("the chart is drawn at %v pixels", seen.Chart)
	}
}
