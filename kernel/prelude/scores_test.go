package prelude_test

import (
	"errors"
	"strings"
	"testing"

	"scorebook/kernel/cell"
	"scorebook/kernel/display"
	"scorebook/kernel/prelude"
)

const gaussianCell = `series := func(n, d int) *Trajectory {
	r := rand.New(rand.NewPCG(1, 2))
	x := make([]float64, n*d)
	for i := range x {
		x[i] = r.NormFloat64()
	}
	return NewTrajectory(d, 1, x)
}
quick := KGMMOptions{Sigma: 0.3, Cells: 20, Epochs: 30, MaxPasses: 3, Tolerance: 1}`

// What a score cannot be learned from is refused on the user's line, with its figures and what to try.
func TestBadSeriesAreRefusedInACell(t *testing.T) {
	n := newNotebook(t)
	n.yield(gaussianCell)
	for text, want := range map[string]string{
		"x := series(500, 2); x.X[7] = math.NaN(); KGMM(x, quick)":                                 "NaN",
		"x := series(500, 2); x.X[8] = math.Inf(1); KGMM(x, quick)":                                "Inf",
		"x := series(500, 2); x.X[9] = math.NaN(); DSM(x, DSMOptions{Sigma: 0.1})":                 "NaN",
		"x := series(500, 2); for i := range 500 { x.X[2*i] = 3 }; KGMM(x, quick)":                 "constant",
		"x := series(500, 2); for i := range 500 { x.X[2*i] = 3 }; DSM(x, DSMOptions{Sigma: 0.1})": "constant",
		"KGMM(series(100, 1), KGMMOptions{Sigma: 0.1, Cells: 50})":                                 "at most 10 cells",
		"KGMM(series(500, 1), KGMMOptions{Sigma: 0})":                                              "Sigma is 0",
		"KGMM(series(500, 1), KGMMOptions{Sigma: -1})":                                             "Sigma is -1",
		"DSM(series(500, 1), DSMOptions{Sigma: -1})":                                               "Sigma is -1",
		"ChooseKGMM(series(100, 1))":                                                               "too few to choose",
	} {
		_, _, err := n.run(t.Context(), "y := 1\n"+text)
		var failure *cell.Error
		if !errors.As(err, &failure) || !strings.Contains(failure.Value, want) || failure.Diagnostics[0].Line != 2 {
			t.Errorf("%s: %v, want one with %q", text, err, want)
		}
	}
}

// A file that is no network is an error with its name.
func TestBrokenNetworkFilesInACell(t *testing.T) {
	n := newNotebook(t)
	n.yield(gaussianCell + `
import "scorebook/stdlib/nn"

s := KGMM(series(500, 2), quick)
path := filepath.Join(os.TempDir(), fmt.Sprintf("scorebook-%d.safetensors", os.Getpid()))
saved := s.Denoiser().Save(path)
whole, _ := os.ReadFile(path)`)
	if v := n.yield("saved == nil && len(whole) > 0"); v != true {
		t.Fatal("the network was not saved")
	}
	for _, text := range []string{`[]byte("not a network")`, "whole[:len(whole)-4]", "whole[:20]", "nil"} {
		v := n.yield("os.WriteFile(path, " + text + ", 0o600)\n_, fault := nn.LoadDenoiser(path)\nfmt.Sprint(fault)")
		if said, _ := v.(string); !strings.Contains(said, "is not a whole network file") || !strings.Contains(said, ".safetensors") {
			t.Errorf("%s: %v", text, v)
		}
	}
	n.yield("os.Remove(path)")
}

// What is unusual but possible has an answer: one coordinate and 64, points that repeat, a single cell; what makes the answer
// doubtful is said below the cell, whether its value shows or not.
func TestUnusualSeriesHaveScoresInACell(t *testing.T) {
	n := newNotebook(t)
	n.yield(gaussianCell)
	for text, warning := range map[string]string{
		"KGMM(series(2000, 1), quick);":  "",
		"KGMM(series(2000, 64), quick);": "",
		"x := series(2000, 2); for i := range x.X { x.X[i] = math.Round(x.X[i]) }; KGMM(x, quick);": "",
		"KGMM(series(2000, 2), KGMMOptions{Sigma: 0.3, Cells: 1, Epochs: 3});":                      "a single cell knows nothing",
		"KGMM(series(400, 2), quick);": "only 20 samples per cell",
		"KGMM(series(2000, 2), KGMMOptions{Sigma: 0.01, Cells: 60, Epochs: 3, MaxPasses: 100});": "σ = 0.01 is small for 2000 samples",
		"DSM(series(200, 1), DSMOptions{Sigma: 0.1, Epochs: 1, LearningRate: 1});":               "1 is that of a network that knows nothing",
	} {
		n.shown = nil
		n.yield(text)
		said := ""
		for _, b := range n.shown {
			html, _ := b.Data["text/html"].(string)
			if strings.Contains(html, "Warning") {
				said += b.Data[display.TextPlain].(string)
			}
		}
		if !strings.Contains(said, warning) || warning == "" && strings.Contains(said, "single") {
			t.Errorf("%s warns %q, want %q", text, said, warning)
		}
	}
}

// A score, a choice and a denoiser show as figures with their facts as text.
func TestScoresShowAsFigures(t *testing.T) {
	n := newNotebook(t)
	n.yield(gaussianCell)
	for text, want := range map[string]string{
		"KGMM(series(2000, 1), quick)":                           "cells N_C",
		"KGMM(series(2000, 2), quick)":                           "samples per cell",
		"DSM(series(500, 2), DSMOptions{Sigma: 0.1, Epochs: 2})": "final loss",
		"ChooseKGMM(series(3000, 1), ChooseOptions{Cells: []int{10, 30}, Sigmas: []float64{0.1, 0.3}, Fit: quick})": "held-out denoising",
	} {
		b := prelude.Renderer().Render(n.yield(text))
		facts, _ := b.Data[display.TextPlain].(string)
		if b.Data[display.ImagePNG] == nil || !strings.Contains(facts, want) {
			t.Errorf("%s shows as %q", text, facts)
		}
	}
}
