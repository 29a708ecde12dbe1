package markov

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
)

// TestGeneratorIdentities_LD41_LD42_LD43_LD44_LD45: columns of Q sum to zero, e^{Qτ} is I + Qτ up to τ², keeps densities
// normalised, and X Q Π Xᵀ is the slope of C at 0.
func TestGeneratorIdentities_LD41_LD42_LD43_LD44_LD45(t *testing.T) {
	q, g := exactChain(t, 20, 2, 0.3, CellLogarithm)
	for j := range 20 {
		numtest.Within(t, "LD (42)", mat.Sum(g.ColView(j)), 0, 1e-12)
	}
	left := func(tau float64) float64 {
		var scaled, e mat.Dense
		scaled.Scale(tau, g)
		e.Exp(&scaled)
		for j := range 20 {
			numtest.Within(t, "LD (41): ‖ρ‖", mat.Sum(e.ColView(j)), 1, 1e-12)
			scaled.Set(j, j, scaled.At(j, j)+1)
		}
		e.Sub(&e, &scaled)
		return mat.Norm(&e, 2)
	}
	numtest.Within(t, "LD (44): order", math.Log2(left(2e-3)/left(1e-3)), 2, 0.01)

	c, err := q.CorrelationRate()
	if err != nil {
		t.Fatal(err)
	}
	const h = 1e-4
	var slope mat.Dense // of second order, one-sided, from C by LD (43)
	slope.Scale(-3, correlationOf(q, g, 0))
	for _, p := range []struct{ f, at float64 }{{4, h}, {-1, 2 * h}} {
		var one mat.Dense
		one.Scale(p.f, correlationOf(q, g, p.at))
		slope.Add(&slope, &one)
	}
	slope.Scale(1/(2*h), &slope)
	numtest.Matrix(t, "LD (45)", c, &slope, 1e-4)
}

// TestSymmetryOfCorrelations_LD46: C(−τ) = C(τ)ᵀ: the series read backwards has the transposed Ċ.
func TestSymmetryOfCorrelations_LD46(t *testing.T) {
	s := potential(t, 1, 400_000, 20)
	back := *s
	back.X = make([]float64, len(s.X))
	for k := range s.Len() {
		copy(back.X[k*2:], s.At(s.Len()-1-k))
	}
	forward := rateBy(t, estimate(t, s, Options{Cells: 50, Method: Direct}), Direct)
	backward := rateBy(t, estimate(t, &back, Options{Cells: 50, Method: Direct}), Direct)
	numtest.Matrix(t, "Ċ of the series read backwards", backward, forward.T(), 5e-3)
}

// TestMeanDiffusion_LD54: with amplitudes that depend on the state, −Ċ_S = ⟨a⟩: a process with the density of a Gaussian and
// a(x) = 1 + x²/2 has ⟨a⟩ = 3/2. The logarithm sees it from the coordinates and the cells. The series is 20 000 times long.
func TestMeanDiffusion_LD54(t *testing.T) {
	s := multiplicative(t, 400_000, 0.05)
	q := estimate(t, s, Options{Cells: 200})
	k, err := q.KramersMoyal(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	numtest.Within(t, "⟨a⟩", k.Mean.At(0, 0), 1.5, 0.06)
	numtest.Within(t, "−Ċ", -rateBy(t, q, Logarithm).At(0, 0), 1.5, 0.06)
}

// TestHundredStatesAreRecovered: Ċ of a jump process of 100 states, from counts, within what its jackknife over 20 parts of
// the series allows; exact on the exact P.
func TestHundredStatesAreRecovered(t *testing.T) {
	const n, tau, samples, parts = 100, 0.1, 1_000_000, 20
	exact, g := exactChain(t, n, 2, tau, CellLogarithm)
	dense, err := exact.Generator(CellLogarithm)
	if err != nil {
		t.Fatal(err)
	}
	numtest.Matrix(t, "generator of the exact P", dense, g, 1e-9)
	want := correlationOf(exact, g, -1)
	labels := sampleChain(exact.P.Dense(), samples)
	rate := func(labels []int32) []float64 {
		counts, err := Count(labels, n, 1, nil)
		if err != nil {
			t.Fatal(err)
		}
		q, err := New(counts, exact.Centroids, tau, CellLogarithm)
		if err != nil {
			t.Fatal(err)
		}
		return rateBy(t, q, CellLogarithm).RawMatrix().Data
	}
	all := rate(labels)
	var left [][]float64
	for k := range parts {
		from, to := k*samples/parts, (k+1)*samples/parts
		left = append(left, rate(append(append([]int32(nil), labels[:from]...), labels[to:]...)))
	}
	for i, se := range jackknifeErrors(left) {
		if d := math.Abs(all[i] - want.RawMatrix().Data[i]); d > numtest.Sigmas*se {
			t.Errorf("Ċ[%d] = %.4g, want %.4g ± %.2g", i, all[i], want.RawMatrix().Data[i], se)
		}
	}
}
