package systems

import (
	"context"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
)

// system is what all systems share.
type system interface {
	SDE() sde.SDE
	Score() score.Score
	Mobility() *mat.Dense
	Names() []string
}

var (
	_ system = AsymmetricPotential{}
	_ system = DoubleWell{}
	_ system = (*OrnsteinUhlenbeck)(nil)
)

var points2D = [][]float64{{0, 0}, {0.5, -1.3}, {-1.1, 1.2}, {1.7, 0.4}}

// rotated is a process with rotation, correlated noise and two very different rates.
func rotated(t *testing.T) *OrnsteinUhlenbeck {
	t.Helper()
	o, err := NewOrnsteinUhlenbeck(
		mat.NewDense(2, 2, []float64{1, -0.8, 0.9, 0.4}),
		mat.NewDense(2, 3, []float64{1, 0.2, 0, -0.3, 0.8, 0.5}))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestScoresAreGradientsOfTheLogDensity(t *testing.T) {
	check := func(name string, density func(x []float64) float64, s score.Score, points [][]float64) {
		t.Run(name, func(t *testing.T) {
			logDensity := func(x []float64) float64 { return math.Log(density(x)) }
			numtest.CheckGradient(t, logDensity, s.ScoreTo, points, 1e-8)
		})
	}
	check("paper", AsymmetricPotential{}.Density(), AsymmetricPotential{}.Score(), points2D)
	other := NewAsymmetricPotential(0.5, 1.5, -2, 0, 0)
	check("other", other.Density(), other.Score(), points2D)
	p := DoubleWell{}.Density()
	check("double well", func(x []float64) float64 { return p(x[0]) }, DoubleWell{}.Score(), [][]float64{{0}, {1.4}, {-0.3}})
	o := rotated(t)
	check("Ornstein–Uhlenbeck", gaussian(o.Covariance()), o.Score(), points2D)
}

// gaussian is the unnormalised density of mean zero and covariance c.
func gaussian(c *mat.Dense) func(x []float64) float64 {
	return func(x []float64) float64 {
		v := mat.NewVecDense(len(x), x)
		var y mat.VecDense
		if err := y.SolveVec(c, v); err != nil {
			panic(err)
		}
		return math.Exp(-mat.Dot(v, &y) / 2)
	}
}

// TestDensitiesAreStationary checks LD (3), ∇·(F p − D ∇p) = 0, by finite differences of the flux.
func TestDensitiesAreStationary(t *testing.T) {
	check := func(name string, s sde.SDE, d *mat.Dense, density func(x []float64) float64) {
		t.Run(name, func(t *testing.T) {
			flux := func(x []float64, i int) float64 {
				f := make([]float64, 2)
				s.Drift(f, x)
				grad := numtest.Gradient(density, x)
				return f[i]*density(x) - d.At(i, 0)*grad[0] - d.At(i, 1)*grad[1]
			}
			for _, x := range points2D {
				divergence := 0.0
				for i := range 2 {
					divergence += numtest.Gradient(func(y []float64) float64 { return flux(y, i) }, x)[i]
				}
				numtest.Within(t, "divergence of the flux", divergence, 0, 1e-6*density(x)+1e-8)
			}
		})
	}
	check("asymmetric potential", AsymmetricPotential{}.SDE(), mat.NewDense(2, 2, []float64{1, 0, 0, 1}), AsymmetricPotential{}.Density())
	o := rotated(t)
	_, b, c := o.matrices()
	var d mat.Dense
	d.Mul(b, b.T())
	d.Scale(0.5, &d)
	check("Ornstein–Uhlenbeck", o.SDE(), &d, gaussian(c))
}

// TestDriftIsMobilityTimesScore checks F = Φ s for each system, LD (11): all of them have a constant Φ.
func TestDriftIsMobilityTimesScore(t *testing.T) {
	for _, s := range []system{AsymmetricPotential{}, NewAsymmetricPotential(1, 2, 3, 4, -0.5), rotated(t)} {
		for _, x := range points2D {
			f, sx := make([]float64, 2), make([]float64, 2)
			s.SDE().Drift(f, x)
			s.Score().ScoreTo(sx, x)
			var want mat.VecDense
			want.MulVec(s.Mobility(), mat.NewVecDense(2, sx))
			numtest.Slice(t, "drift", f, want.RawVector().Data, 1e-12)
		}
	}
}

func TestZeroValueHasThePapersParameters(t *testing.T) {
	x := []float64{0.3, -0.7}
	want := math.Pow(0.09-1, 2) + 0.6*0.3 + math.Pow(0.49-1.44, 2) - 0.3*0.7
	numtest.Within(t, "U", AsymmetricPotential{}.Potential(x), want, 1e-14)
	numtest.Matrix(t, "K", AsymmetricPotential{}.Mobility(), mat.NewDense(2, 2, []float64{1, -0.8, 0.8, 1}), 0)
}

func TestMarginalsIntegrateToOne(t *testing.T) {
	for i := range 2 {
		p := AsymmetricPotential{}.Marginal(i)
		sum := 0.0
		for x := -5.0; x < 5; x += 1e-3 {
			sum += 1e-3 * p(x)
		}
		numtest.Within(t, "integral", sum, 1, 1e-9)
	}
}

// TestSimulatedMeans compares ensembles of the nonlinear systems with quadrature of the exact density. Members are
// independent, so the error of the ensemble mean of the last state is std/√members.
func TestSimulatedMeans(t *testing.T) {
	const members, dt = 4000, 5e-3
	check := func(name string, s sde.SDE, i int, p func(x float64) float64) {
		r := sde.Run{Dt: dt, Steps: 1, BurnIn: 1600, Ensemble: members, Seed: 3}
		obs, err := sde.Simulate(context.Background(), s, r)
		if err != nil {
			t.Fatal(err)
		}
		var mean, square float64
		for x := -5.0; x < 5; x += 1e-3 {
			mean += 1e-3 * x * p(x)
			square += 1e-3 * x * x * p(x)
		}
		std := math.Sqrt(square - mean*mean)
		numtest.MeanWithin(t, name, obs.Moments().Mean[i], mean, std, members)
	}
	check("x₁", AsymmetricPotential{}.SDE(), 0, AsymmetricPotential{}.Marginal(0))
	check("x₂", AsymmetricPotential{}.SDE(), 1, AsymmetricPotential{}.Marginal(1))
	check("double well", DoubleWell{}.SDE(), 0, DoubleWell{}.Density())
}
