package kgmm

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"scorebook/stdlib/partition"
	"scorebook/stdlib/score"
)

// smoothed is the score of a standard normal density smoothed by σ.
func smoothed(d int, sigma float64) score.Score {
	return score.Func{D: d, F: func(dst, x []float64) {
		for i, v := range x {
			dst[i] = -v / (1 + sigma*sigma)
		}
	}}
}

// cellError is the root mean square difference, over samples, of the cells' score components from the exact ones.
func cellError(m *Model, exact score.Score) float64 {
	want := make([]float64, len(m.Centers))
	exact.ScoreTo(want, m.Centers)
	sum, weight := 0.0, 0.0
	for i, v := range m.CellScores() {
		w := float64(m.Counts[i/m.Dim()])
		sum += w * (v - want[i]) * (v - want[i])
		weight += w
	}
	return math.Sqrt(sum / weight)
}

// The predicted scatter against the error of the cells, after so many passes that only the sample's is left.
func TestScatterIsPredicted(t *testing.T) {
	for _, c := range []struct {
		dim, cells int
		sigma      float64
	}{{1, 100, 0.02}, {1, 400, 0.05}, {1, 40, 0.2}, {2, 200, 0.05}, {2, 400, 0.2}, {3, 200, 0.1}} {
		m := fit(t, seriesOf(t, c.dim, gaussian(8000*c.dim, 40)), Options{Sigma: c.sigma, Cells: c.cells, MaxPasses: 150, Tolerance: 1e-30, Epochs: 1, Seed: 41})
		got, size := m.Scatter()
		want := cellError(m, smoothed(c.dim, c.sigma))
		t.Logf("D = %d, %d cells, σ = %g: predicted %.3f, measured %.3f, scores %.3f", c.dim, c.cells, c.sigma, got, want, size)
		if math.Abs(got-want) > 0.25*want {
			t.Errorf("D = %d, %d cells, σ = %g: predicted %.3f, measured %.3f", c.dim, c.cells, c.sigma, got, want)
		}
	}
}

// A σ with which chance is nineteen parts in twenty warns; one with which it is a few in a hundred does not.
func TestTooSmallSigmaWarns(t *testing.T) {
	series := seriesOf(t, 1, gaussian(20_000, 42))
	m := fit(t, series, Options{Sigma: 0.01, Cells: 300, Epochs: 1})
	if !strings.Contains(m.String(), "σ = 0.01 is small for 20000 samples in 300 cells") {
		t.Errorf("no warning in\n%v", m)
	}
	if m := fit(t, series, Options{Sigma: 0.2, Cells: 300, Epochs: 1}); strings.Contains(m.String(), "is small for") {
		t.Errorf("a warning in\n%v", m)
	}
}

// For a Gaussian ∇·s = −D/(1+σ²) everywhere. A cell's estimate scatters by √(2D/n)/σ² with its n samples, whose noise is
// nearly Gaussian.
func TestCellDivergences(t *testing.T) {
	const d, sigma = 2, 0.5
	m := fit(t, seriesOf(t, d, gaussian(d*50_000, 43)), Options{Sigma: sigma, Cells: 400, MaxPasses: 20, Tolerance: 1e-30, Epochs: 1})
	mean, weight, within := 0.0, 0.0, 0.0
	for k, div := range m.CellDivergences() {
		n := float64(m.Counts[k])
		mean += n * div
		weight += n
		within += n * m.within[k]
		if e := math.Abs(div + d/(1+sigma*sigma)); e > 6*math.Sqrt(2*d/n)/(sigma*sigma)+0.25 {
			t.Errorf("cell %d of %v samples has divergence %.3f", k, n, div)
		}
	}
	// Cells of finite width lose the score's variation inside them: E|s|² − E|E[s|Ω]|², here the variance of x inside a cell.
	want := -d/(1+sigma*sigma) + d*within/weight/math.Pow(1+sigma*sigma, 2)
	if got := mean / weight; math.Abs(got-want) > 0.05 {
		t.Errorf("mean divergence %.4f, want %.4f", got, want)
	}
}

func TestDerivativesOfTheNetwork(t *testing.T) {
	m := fit(t, seriesOf(t, 2, gaussian(2*20_000, 44)), Options{Sigma: 0.4, Cells: 100, Seed: 1})
	x := gaussian(40, 45)
	j, div := make([]float64, 80), make([]float64, 20)
	m.JacobianTo(j, x)
	m.DivergenceTo(div, x)
	const h = 1.0 / 64
	for k := range div {
		if math.Abs(div[k]-j[4*k]-j[4*k+3]) > 1e-9*(1+math.Abs(div[k])) {
			t.Errorf("divergence %v, trace %v", div[k], j[4*k]+j[4*k+3])
		}
		for i := range 2 {
			up, down := slices.Clone(x[2*k:2*k+2]), slices.Clone(x[2*k:2*k+2])
			up[i], down[i] = up[i]+h, down[i]-h
			a, b := make([]float64, 2), make([]float64, 2)
			m.ScoreTo(a, up)
			m.ScoreTo(b, down)
			for o := range 2 {
				if want := (a[o] - b[o]) / (2 * h); math.Abs(j[4*k+2*o+i]-want) > 0.02*(1+math.Abs(want)) {
					t.Errorf("∂s%d/∂x%d = %v, differences give %v", o, i, j[4*k+2*o+i], want)
				}
			}
		}
	}
}

func TestRulesOfConvergence(t *testing.T) {
	a, b := []float64{1, 2, 3, 4}, []float64{1, 2, 0, 0}
	if got := Frobenius.change(a, b, 2); math.Abs(got-25.0/30) > 1e-15 {
		t.Errorf("relative change %v", got)
	}
	if got := Maximum.change(a, b, 2); got != 5 {
		t.Errorf("largest change %v", got)
	}
	series := seriesOf(t, 1, gaussian(20_000, 46))
	for _, rule := range []Rule{Frobenius, Maximum} {
		m := fit(t, series, Options{Sigma: 0.3, Cells: 20, Rule: rule, Tolerance: 5e-3, Epochs: 1})
		if last := m.Change[m.Passes-1]; !m.Converged || last >= 5e-3 || m.Passes > 1 && slices.Min(m.Change[:m.Passes-1]) < 5e-3 {
			t.Errorf("%v: %d passes, changes %v", rule, m.Passes, m.Change)
		}
	}
}

// pieces is a source that holds nothing but what is asked for.
type pieces struct {
	partition.Source
	largest int
}

func (p *pieces) Read(dst []float64, first int) error {
	p.largest = max(p.largest, len(dst)/p.Dim())
	return p.Source.Read(dst, first)
}

func TestStreamGivesTheSameModel(t *testing.T) {
	series := seriesOf(t, 2, gaussian(2*150_000, 47))
	o := Options{Sigma: 0.2, Cells: 60, MaxPasses: 2, Epochs: 2, Seed: 48}
	source := &pieces{Source: partition.SourceOf(series)}
	got, err := FitSource(context.Background(), source, o)
	if err != nil {
		t.Fatal(err)
	}
	want := fit(t, series, o)
	if !slices.Equal(got.Targets, want.Targets) || !slices.Equal(got.Loss, want.Loss) {
		t.Error("the stream's model differs from that of the series in memory")
	}
	if source.largest > block {
		t.Errorf("%d samples were read at once", source.largest)
	}
}
