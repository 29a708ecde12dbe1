package plotting

import (
	"bytes"
	"context"
	"image/png"
	"math"
	"math/rand/v2"
	"testing"

	"scorebook/stdlib/dsm"
	"scorebook/stdlib/kgmm"
	"scorebook/stdlib/trajectory"
)

// gaussianSeries is n independent normal samples of d coordinates.
func gaussianSeries(n, d int) *trajectory.Trajectory {
	r := rand.New(rand.NewPCG(1, 2))
	x := make([]float64, n*d)
	for i := range x {
		x[i] = r.NormFloat64()
	}
	return &trajectory.Trajectory{Dim: d, Dt: 1, X: x}
}

// panelsOf are the panels of a figure that draws, row by row.
func panelsOf(t *testing.T, f *Figure, err error) []*Panel {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	raw, _, _, err := f.PNG(1)
	if err == nil {
		_, err = png.Decode(bytes.NewReader(raw))
	}
	if err != nil {
		t.Fatal(err)
	}
	var panels []*Panel
	for _, b := range f.blocks {
		for _, row := range b.rows {
			for _, c := range row {
				if p, ok := c.(*Panel); ok {
					panels = append(panels, p)
				}
			}
		}
	}
	return panels
}

// curveIn is the first curve of a panel.
func curveIn(t *testing.T, p *Panel) *line {
	t.Helper()
	for _, l := range p.layers {
		if c, ok := l.(*line); ok {
			return c
		}
	}
	t.Fatalf("panel %q has no curve", p.Title)
	return nil
}

// A fit shows its passes, its training, and a score: that of a Gaussian falls from left to right, and its arrows point to
// the middle.
func TestScoreFit(t *testing.T) {
	for d, want := range map[int]int{1: 3, 2: 6, 3: 4} {
		m, err := kgmm.Fit(context.Background(), gaussianSeries(4000, d), kgmm.Options{Sigma: 0.3, Cells: 40, Epochs: 300})
		if err != nil {
			t.Fatal(err)
		}
		f, err := ScoreFit(m, Options{})
		panels := panelsOf(t, f, err)
		if len(panels) != want {
			t.Fatalf("D = %d: %d panels, want %d", d, len(panels), want)
		}
		if c := curveIn(t, panels[0]); len(c.y) != m.Passes {
			t.Errorf("D = %d: %d passes drawn, %d made", d, len(c.y), m.Passes)
		}
		if c := curveIn(t, panels[1]); c.y[299] != m.Loss[299] {
			t.Errorf("D = %d: the last loss is %v, drawn %v", d, m.Loss[299], c.y[299])
		}
		switch d {
		case 1:
			if c := curveIn(t, panels[2]); !(c.y[0] > 0.5 && c.y[299] < -0.5) {
				t.Errorf("the score goes from %v to %v", c.y[0], c.y[299])
			}
		case 2:
			for _, p := range panels[4:] {
				a := p.layers[0].(*arrows)
				if a.u[0] < 0 || a.v[0] < 0 {
					t.Errorf("%s: the arrow in the left lower corner is (%v, %v)", p.Title, a.u[0], a.v[0])
				}
			}
		}
	}
}

func TestDenoiserFit(t *testing.T) {
	for d := 1; d <= 3; d++ {
		m, err := dsm.Fit(context.Background(), gaussianSeries(2000, d), dsm.Options{Sigma: 0.3, Epochs: 5, HeldOut: 0.2})
		if err != nil {
			t.Fatal(err)
		}
		f, err := DenoiserFit(m, Options{})
		panels := panelsOf(t, f, err)
		if c := curveIn(t, panels[0]); c.y[4] != m.Loss[4] {
			t.Errorf("D = %d: the last loss is %v, drawn %v", d, m.Loss[4], c.y[4])
		}
	}
}

// Trials stand at the root of their share of the loss, and the choice is marked in both panels.
func TestScoreChoice(t *testing.T) {
	c := &kgmm.Choice{Sigma: 0.1, Cells: 50, Noise: 0.02, Trials: []kgmm.Trial{
		{Sigma: 0.2, Cells: 100, Loss: -3, Error: 0.1}, {Sigma: 0.05, Cells: 100, Loss: -3.75, Error: 0.2},
		{Sigma: 0.1, Cells: 100, Loss: -4}, {Sigma: 0.1, Cells: 50, Loss: -3.96, Error: 0.05},
	}}
	f, err := ScoreChoice(c, Options{})
	panels := panelsOf(t, f, err)
	for i, want := range [][][2]float64{{{0.05, 0.25}, {0.1, 0}, {0.2, 0.5}}, {{50, 0.1}, {100, 0}}} {
		var marks *dots
		for _, l := range panels[i].layers {
			if d, ok := l.(*dots); ok && marks == nil {
				marks = d
			}
		}
		for k, w := range want {
			if marks.x[k] != w[0] || math.Abs(marks.y[k]-w[1]) > 1e-12 {
				t.Errorf("panel %d: trial %d is at (%v, %v), want %v", i, k, marks.x[k], marks.y[k], w)
			}
		}
	}
	if last := panels[1].layers[len(panels[1].layers)-1].(*dots); last.x[0] != 50 {
		t.Errorf("the chosen number of cells is marked at %v", last.x)
	}
	if _, err := ScoreChoice(&kgmm.Choice{}, Options{}); err == nil {
		t.Error("a choice of nothing shows")
	}
}
