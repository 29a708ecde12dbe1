package plotting

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"scorebook/stdlib/kgmm"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/systems"
	"scorebook/stdlib/trajectory"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/cmpimg"
)

// exhibit is a figure of docs/gallery.md with the call that makes it.
type exhibit struct {
	file, title, text, call string
	figure                  *Figure
}

// exhibits are made from the papers' systems. Where a model is shown it is the same equation with another seed, or the exact
// score with a network's; the figures show how results look, not how good a method is.
func exhibits(t *testing.T) []exhibit {
	t.Helper()
	ctx := t.Context()
	figure := func(f *Figure, err error) *Figure {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	run := func(s sde.SDE, r sde.Run) *trajectory.Trajectory {
		t.Helper()
		x, err := sde.Simulate(ctx, s, r)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	var potential systems.AsymmetricPotential
	data := run(potential.SDE(), sde.Run{Dt: 0.005, Steps: 40_000, Every: 5, Ensemble: 8, BurnIn: 2000, Seed: 1})
	twin := run(potential.SDE(), sde.Run{Dt: 0.005, Steps: 40_000, Every: 5, Ensemble: 8, BurnIn: 2000, Seed: 2})
	blurred := score.Func{D: 2, F: func(dst, x []float64) {
		potential.Score().ScoreTo(dst, x)
		dst[0], dst[1] = 0.9*dst[0]+0.2*math.Sin(3*x[1]), 0.9*dst[1]-0.2*math.Sin(3*x[0])
	}}

	var triad systems.ReducedTriad
	climate := run(triad.OneSource(), sde.Run{Scheme: sde.Milstein, Dt: 0.005, Steps: 40_000, Every: 4, Ensemble: 16, BurnIn: 4000, Seed: 1})
	reduced := run(triad.OneSource(), sde.Run{Scheme: sde.Milstein, Dt: 0.005, Steps: 40_000, Every: 4, Ensemble: 16, BurnIn: 4000, Seed: 2})

	well := run(systems.DoubleWell{}.SDE(), sde.Run{Dt: 0.01, Steps: 100_000, Every: 10, Ensemble: 10, BurnIn: 1000, Seed: 1})
	var fits []*kgmm.Model
	for _, sigma := range []float64{0.05, 0.2} {
		m, err := kgmm.Fit(ctx, well, kgmm.Options{Sigma: sigma, Cells: 30, MaxPasses: 40, Hidden: []int{32, 16}, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		fits = append(fits, m)
	}
	net := fits[0]

	wave, err := systems.KuramotoSivashinsky{Stride: 4}.Simulate(ctx, sde.Run{Dt: 0.1, Steps: 10_000, Every: 10, Ensemble: 4, BurnIn: 2000, Seed: 5})
	if err != nil {
		t.Fatal(err)
	}
	again, err := systems.KuramotoSivashinsky{Stride: 4}.Simulate(ctx, sde.Run{Dt: 0.1, Steps: 10_000, Every: 10, Ensemble: 4, BurnIn: 2000, Seed: 6})
	if err != nil {
		t.Fatal(err)
	}
	phi := mat.NewDense(2, 2, []float64{1.003, 0.797, -0.808, 0.995})
	sym, anti := mat.NewDense(2, 2, nil), mat.NewDense(2, 2, nil)
	sym.Add(phi, phi.T())
	sym.Scale(0.5, sym)
	anti.Sub(phi, sym)
	minus := mat.NewDense(2, 2, []float64{-0.998, 0.004, 0.002, -1.003})
	large, parts := ringMatrices(32)

	minutes := []float64{0.5, 1, 2, 4, 8, 16, 32}
	falling := func(a, b, floor float64) []float64 {
		y := make([]float64, len(minutes))
		for k, m := range minutes {
			y[k] = floor + a*math.Pow(m, -b)
		}
		return y
	}
	loss := make([]float64, 150)
	for i := range loss {
		loss[i] = 0.02 + 0.9*math.Exp(-float64(i)/18) + 0.004*math.Sin(float64(i)*1.7)
	}
	names := []string{"temperature", "salinity"}
	physical := *data
	physical.Names = names
	return []exhibit{
		{"compare", "A model beside its data", "Trajectories, densities with their relative entropy, autocorrelations with their largest difference, joint densities with their total variation; LD Figs. 3 and 4, KG Fig. 4.",
			"plotting.Compare(ctx, data, model, plotting.Options{})", figure(Compare(ctx, data, twin, Options{Style: Style{Title: "A model ẋ = Φ s(x) + √2 Σ ξ beside its data"}}))},
		{"compare-dark", "The same for a dark page", "Every figure has a dark twin, with colours chosen for it.",
			"figure.Dark()", figure(Compare(ctx, climate, reduced, Options{Style: Style{Dark: true}}))},
		{"scores", "A score and what was sampled with it, in one dimension", "KG Fig. 2.",
			"plotting.CompareScores(ctx, data, model, learned, exact, plotting.Options{})", figure(CompareScores(ctx, climate, reduced, triad.Score(), triad.Score(), Options{Model: "KGMM"}))},
		{"scores-plane", "… and in two", "KG Fig. 3.",
			"plotting.CompareScores(ctx, data, model, learned, exact, plotting.Options{})", figure(CompareScores(ctx, data, twin, blurred, potential.Score(), Options{Model: "KGMM"}))},
		{"clouds", "How KGMM comes to its score", "In grey the pairs (x, −z/σ), whose mean at x is the score; KG Fig. 1.",
			"plotting.ScoreClouds(ctx, data, models, plotting.ScoreCloudsOptions{Exact: exact})", figure(ScoreClouds(ctx, well, fits, ScoreCloudsOptions{Exact: systems.DoubleWell{}.Score(), Min: -11, Max: 11}))},
		{"ring", "A field on a ring", "Maps of time and position, what all points have in common, joint densities of points 1, 2 and 3 apart; LD Fig. 1, KG Figs. 5 and 6.",
			"plotting.CompareRing(ctx, data, model, plotting.Options{})", figure(CompareRing(ctx, wave, again, Options{Duration: 300, Lags: 100, Model: "second run"}))},
		{"matrices", "Matrices with one range of colours", "Symmetric about zero, with the entries written where they fit; LD Fig. 2.",
			`plotting.Matrices([]plotting.Named{{"Φ", phi}, {"Φ_S", sym}, {"Φ_A", anti}, {"V", v}}, plotting.MatrixOptions{})`,
			figure(Matrices([]Named{{"Φ", phi}, {"Φ_S", sym}, {"Φ_A", anti}, {"V", minus}}, MatrixOptions{Names: names}))},
		{"matrices-large", "Large ones", "LD Fig. 2 at its own size, 32 points.",
			`plotting.Matrices(matrices, plotting.MatrixOptions{Label: "1/time"})`, figure(Matrices([]Named{{"Φ", large}, {"Φ_S", parts[0]}, {"Φ_A", parts[1]}, {"Σ", parts[2]}, {"V", parts[3]}}, MatrixOptions{Label: "1/time"}))},
		{"curves", "Curves", "The truth is drawn broad and first, so that a model that agrees with it shows; axes may be logarithmic; KG Fig. 7.",
			`plotting.Curves(series, plotting.CurvesOptions{X: plotting.Axis{Label: "time, s", Log: true}, Y: plotting.Axis{Label: "KL", Log: true}})`,
			figure(Curves([]Series{{"KGMM", Model, minutes, falling(0.02, 1.3, 0.002)}, {"DSM", Other, minutes, falling(0.3, 1.1, 0.004)}},
				CurvesOptions{X: Axis{Label: "time, s", Log: true}, Y: Axis{Label: "relative entropy", Log: true}}))},
		{"trajectories", "Trajectories", "A label may be Unicode or TeX: ẋ, x₁, x_1, \\\\Phi_{ij}, \\\\langle s x^T\\\\rangle. Those of columns, such as wind_speed, stay as they are.",
			"plotting.Trajectories(data, nil, plotting.Options{Duration: 60})", figure(Trajectories(&physical, nil, Options{Duration: 60}))},
		{"marginals", "Densities", "By kernel estimation.", "plotting.Marginals(ctx, data, model, plotting.Options{})", figure(Marginals(ctx, data, twin, Options{}))},
		{"joints", "Joint densities", "Data and model share their colours; the difference has its own, symmetric about zero.",
			"plotting.Joints(ctx, data, model, plotting.Options{})", figure(Joints(ctx, data, twin, Options{}))},
		{"correlations", "Autocorrelations", "", "plotting.Autocorrelations(ctx, data, model, plotting.Options{Lags: 12})", figure(Autocorrelations(ctx, data, twin, Options{Lags: 12}))},
		{"quiver", "Scores as arrows", "Any field of two dimensions; Label names what the colours show.",
			`plotting.Quiver([]plotting.Score{{"exact", exact}, {"learned", learned}}, plotting.QuiverOptions{})`,
			figure(Quiver([]Score{{"exact, −∇U", potential.Score()}, {"learned", blurred}}, QuiverOptions{Min: [2]float64{-1.6, -1.8}, Max: [2]float64{1.5, 1.7}}))},
		{"fields", "Functions of two variables", "", `plotting.Fields(fields, plotting.FieldOptions{Label: "p(x₁, x₂)"})`,
			figure(Fields([]Field{hill("data", 1), hill("model", 0.9)}, FieldOptions{Label: "p(x₁, x₂)"}))},
		{"score-curve", "A network between its cells", "", "plotting.ScoreCells(centres, targets, net, plotting.ScoreCellsOptions{Exact: exact})",
			figure(ScoreCells(net.Centers, net.CellScores(), net, ScoreCellsOptions{Exact: systems.DoubleWell{}.Score()}))},
		{"loss", "A training", "", "plotting.Loss(loss, plotting.LossOptions{})", figure(Loss(loss, LossOptions{}))},
	}
}

// ringMatrices are matrices as the points of a ring have them.
func ringMatrices(n int) (*mat.Dense, []*mat.Dense) {
	circulant := func(f func(k float64) float64) *mat.Dense {
		m := mat.NewDense(n, n, nil)
		for i := range n {
			for j := range n {
				k := (j - i + n) % n
				if k > n/2 {
					k -= n
				}
				m.Set(i, j, f(float64(k)))
			}
		}
		return m
	}
	even := func(k float64) float64 { return math.Exp(-k*k/8) * math.Cos(k) }
	odd := func(k float64) float64 { return 0.12 * math.Sin(k/2) * math.Exp(-k*k/30) }
	minus := func(k float64) float64 { return -math.Max(0, 1-math.Abs(k)) + 0.03*math.Cos(2*k) }
	return circulant(func(k float64) float64 { return even(k) + odd(k) }),
		[]*mat.Dense{circulant(even), circulant(odd), circulant(func(k float64) float64 { return 0.8 * math.Exp(-k*k/3) }), circulant(minus)}
}

const galleryIntro = "# Gallery\n\nOne figure of every kind, each from one call. They come as PNG at any resolution, SVG and PDF, for light pages and dark\n" +
	"ones, in the widths of a journal's columns. Written by `go test ./plotting -run Gallery -update`; a test compares what stands\n" +
	"here with what is drawn. In a cell the same names need no `plotting.` and no context, and give the figure alone.\n"

// TestGalleryPage compares docs/gallery.md and its pictures with what is drawn.
func TestGalleryPage(t *testing.T) {
	const folder = "../docs/gallery"
	var page strings.Builder
	page.WriteString(galleryIntro)
	known := map[string]bool{}
	for _, e := range exhibits(t) {
		name := e.file + ".png"
		known[name] = true
		got, width, _, err := e.figure.PNG(1.5)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&page, "\n## %s\n\n", e.title)
		if e.text != "" {
			fmt.Fprintf(&page, "%s\n\n", e.text)
		}
		fmt.Fprintf(&page, "```go\n%s\n```\n\n<img src=\"gallery/%s\" width=\"%d\" alt=\"%s\">\n", e.call, name, width, e.title)
		compareFile(t, filepath.Join(folder, name), got, func(want []byte) bool {
			same, err := cmpimg.EqualApprox("png", got, want, 0.1)
			return err == nil && same
		})
	}
	compareFile(t, "../docs/gallery.md", []byte(page.String()), func(want []byte) bool { return string(want) == page.String() })
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !known[f.Name()] {
			t.Errorf("docs/gallery/%s is in no gallery", f.Name())
		}
	}
}

// compareFile compares a file with what it should be, or writes it under -update.
func compareFile(t *testing.T, file string, got []byte, same func(want []byte) bool) {
	t.Helper()
	want, err := os.ReadFile(file)
	if err == nil && same(want) {
		return
	}
	if !*update {
		t.Errorf("%s is not what is drawn (%v); look at it, then run this test with -update", file, err)
		return
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, got, 0o644); err != nil {
		t.Fatal(err)
	}
}
