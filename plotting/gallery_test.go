package plotting

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"

	"gonum.org/v1/gonum/mat"
)

// wandering is a trajectory of d coordinates that hop between two wells.
func wandering(seed uint64, d, n int) *trajectory.Trajectory {
	rng := rand.New(rand.NewPCG(seed, 2))
	x := make([]float64, n*d)
	for k := d; k < n*d; k++ {
		v := x[k-d]
		x[k] = v - 0.02*(4*v*(v*v-1)+0.4*float64(k%d)) + 0.2*rng.NormFloat64()
	}
	t, err := trajectory.New(d, 0.02, x)
	if err != nil {
		panic(err)
	}
	return t
}

var wells = score.Func{D: 2, F: func(dst, x []float64) {
	dst[0], dst[1] = -4*x[0]*(x[0]*x[0]-1)-0.6, -4*x[1]*(x[1]*x[1]-1.44)-0.3
}}

var well = score.Func{D: 1, F: func(dst, x []float64) { dst[0] = -4*x[0]*(x[0]*x[0]-1) - 0.6 }}

// cells are centres of cells with noisy scores and their weights.
func cells(s score.Score, n int) (centres, targets, weights []float64) {
	rng := rand.New(rand.NewPCG(5, 5))
	for range n * s.Dim() {
		centres = append(centres, 3.2*(rng.Float64()-0.5))
	}
	targets = make([]float64, len(centres))
	s.ScoreTo(targets, centres)
	for i := range targets {
		targets[i] += 0.3 * rng.NormFloat64()
	}
	for range n {
		weights = append(weights, rng.ExpFloat64())
	}
	return centres, targets, weights
}

func wave(rows, cols int) *mat.Dense {
	m := mat.NewDense(rows, cols, nil)
	for i := range rows {
		for j := range cols {
			m.Set(i, j, math.Exp(-math.Abs(float64(i-j))/2)*math.Cos(float64(i-j))-0.2*float64(i)/float64(rows))
		}
	}
	return m
}

func hill(title string, height float64) Field {
	x := grid(-2, 2, 40)
	z := make([]float64, len(x)*len(x))
	for k := range z {
		u, v := x[k%len(x)], x[k/len(x)]
		z[k] = height * math.Exp(-2*u*u-v*v+u*v)
	}
	return Field{title, "x₁", "x₂", x, x, z}
}

// gallery is one figure of every kind.
func gallery(t testing.TB) map[string]*Figure {
	t.Helper()
	ctx := context.Background()
	must := func(f *Figure, err error) *Figure {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	a, b := wandering(1, 2, 20_000), wandering(2, 2, 20_000)
	long := wandering(3, 3, 5000)
	long.Names = []string{"sea surface temperature anomaly", "NAO", "x₃"}
	ringA, ringB := wandering(5, 8, 3000), wandering(6, 8, 3000)
	many := make([]string, 12)
	for i := range many {
		many[i] = "a coordinate of long name, no. " + subscript(i+1)
	}
	c1, t1, w1 := cells(well, 40)
	c2, t2, w2 := cells(wells, 300)
	loss := make([]float64, 120)
	for i := range loss {
		loss[i] = 0.02 + math.Exp(-float64(i)/20)
	}
	phi := mat.NewDense(2, 2, []float64{1.02, -0.81, 0.79, 0.99})
	v := mat.NewDense(2, 2, []float64{-1.002, 0.003, 1e-5, -0.998})
	return map[string]*Figure{
		"compare":         must(Compare(ctx, a, b, Options{Style: Style{Title: "A model ẋ = Φ s(x) + √2 Σ ξ beside its data"}})),
		"compare-narrow":  must(Compare(ctx, a, b, Options{Style: Style{Width: 4.5}, Model: "reduced Langevin model"})),
		"compare-scalar":  must(Compare(ctx, wandering(1, 1, 5000), wandering(2, 1, 5000), Options{})),
		"compare-names":   must(Compare(ctx, long, wandering(4, 3, 5000), Options{})),
		"trajectories":    must(Trajectories(a, b, Options{Duration: 40})),
		"trajectory":      must(Trajectories(long, nil, Options{Style: Style{Width: OneColumn}})),
		"marginals":       must(Marginals(ctx, long, wandering(4, 3, 5000), Options{})),
		"marginal":        must(Marginals(ctx, a, nil, Options{Coordinates: []int{1}})),
		"joints":          must(Joints(ctx, a, b, Options{})),
		"joint-alone":     must(Joints(ctx, a, nil, Options{})),
		"joints-alone":    must(Joints(ctx, long, nil, Options{})),
		"correlations":    must(Autocorrelations(ctx, a, b, Options{})),
		"correlation":     must(Autocorrelations(ctx, a, nil, Options{Coordinates: []int{0}})),
		"loss":            must(Loss(loss, LossOptions{Validation: loss[:80]})),
		"matrix":          must(Matrix("Φ", phi, MatrixOptions{Names: []string{"x₁", "x₂"}, Label: "mobility"})),
		"matrices":        must(Matrices([]Named{{"Φ", phi}, {"D", phi}, {"R", v}, {"Σ", phi}, {"V", v}}, MatrixOptions{})),
		"matrices-large":  must(Matrices([]Named{{"Φ", wave(32, 32)}, {"D", wave(32, 32)}, {"R", wave(32, 32)}}, MatrixOptions{})),
		"matrix-oblong":   must(Matrix("X Q Π", wave(4, 9), MatrixOptions{Style: Style{Dark: true}})),
		"fields":          must(Fields([]Field{hill("data", 1), hill("model", 0.9)}, FieldOptions{Label: "p(x₁, x₂)"})),
		"field-diverging": must(Fields([]Field{hill("difference", -1e-4)}, FieldOptions{Diverging: true})),
		"quiver":          must(Quiver([]Score{{"exact", wells}, {"KGMM", wells}}, QuiverOptions{})),
		"score-cells":     must(ScoreCells(c2, t2, wells, ScoreCellsOptions{Weights: w2})),
		"score-curve":     must(ScoreCells(c1, t1, well, ScoreCellsOptions{Exact: well, Weights: w1})),
		"ring":            must(CompareRing(ctx, ringA, ringB, Options{Model: "Langevin"})),
		"ring-dark":       must(CompareRing(ctx, ringA, ringB, Options{Style: Style{Dark: true, Width: WideColumn}})),
		"space-time":      must(SpaceTime(ringA, nil, Options{})),
		"scores-1":        must(CompareScores(ctx, wandering(1, 1, 5000), wandering(2, 1, 5000), well, well, Options{})),
		"scores-2":        must(CompareScores(ctx, a, b, wells, wells, Options{Model: "KGMM"})),
		"scores-3":        must(CompareScores(ctx, a, b, wells, nil, Options{Style: Style{Width: WideColumn}})),
		"matrices-names":  must(Matrices([]Named{{"Φ_S", phi}, {"Φ_A", v}, {`\Sigma\Sigma^T`, phi}}, MatrixOptions{Names: []string{"temperature", "salinity anomaly"}, Label: "rates in units that take a long line to tell, 1/(time)"})),
		"matrix-names":    must(Matrix("a matrix with a rather long name that needs two lines", wave(12, 12), MatrixOptions{Names: many})),
		"matrices-named":  must(Matrices([]Named{{"D", wave(12, 12)}, {"R", wave(12, 12)}, {"V", wave(12, 12)}, {"Σ", wave(12, 12)}, {"A", wave(12, 12)}, {"B", wave(12, 12)}}, MatrixOptions{Names: many})),
		"matrix-32":       must(Matrix("Φ", wave(32, 32), MatrixOptions{Names: names(wandering(1, 32, 2))})),
		"quiver-label":    must(Quiver([]Score{{"a rotation", wells}}, QuiverOptions{Label: "|g| = |Rs + ∇·R|, 1/time", XLabel: "temperature", YLabel: "salinity"})),
		"compare-8":       must(Compare(ctx, ringA, ringB, Options{Style: Style{Title: "A title that is so long that no page of a journal has the room to show it in one line, whatever the size of its type"}})),
		"curves":          must(Curves([]Series{{"a", Other, c1, t1}, {"b", Truth, w1, w1}, {"c", Paper, c1, t1}}, CurvesOptions{})),
	}
}

// names lists the names of the coordinates.
func names(t *trajectory.Trajectory) []string {
	var all []string
	for i := range t.Dim {
		all = append(all, t.Name(i))
	}
	return all
}
