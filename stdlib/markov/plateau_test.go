package markov

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
	"scorebook/stdlib/trajectory"
)

// coloured is ẋ = −x + √2 η driven by noise η with the correlation time 0.2 and unit integral, observed without η: smooth
// below that time, and an Ornstein–Uhlenbeck process above it.
func coloured(t testing.TB, samples int) *trajectory.Trajectory {
	t.Helper()
	const h, every, memory = 0.005, 10, 0.2
	r := rand.New(rand.NewPCG(5, 5))
	x, noise, out := 0.0, 0.0, make([]float64, 0, samples)
	for k := -4000; len(out) < samples; k++ {
		x += h * (-x + math.Sqrt2*noise)
		noise += -h*noise/memory + math.Sqrt(h)/memory*r.NormFloat64()
		if k >= 0 && k%every == 0 {
			out = append(out, x)
		}
	}
	s, err := trajectory.New(1, h*every, out)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func scan(t testing.TB, s *trajectory.Trajectory, o LagOptions) *Plateau {
	t.Helper()
	p, err := ScanLags(context.Background(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestScanOfAMarkovProcessTakesTheFirstLag: and the bands of each lag hold the truth, of 95 % coverage, with one allowed
// to miss.
func TestScanOfAMarkovProcessTakesTheFirstLag(t *testing.T) {
	p := scan(t, ornsteinUhlenbeck(t, 100_000, 0.1), LagOptions{Options: Options{Cells: 50}})
	if !p.Settled || p.Chosen != 0 || p.Best.Lag != 1 || p.Err() != nil {
		t.Errorf("lag %d was chosen, settled %v, error %v", p.Lags[p.Chosen], p.Settled, p.Err())
	}
	missed := 0
	for _, b := range p.Bands {
		if b[0].At(0, 0) > 1 || b[1].At(0, 0) < 1 {
			missed++
		}
	}
	if missed > len(p.Lags)/3 {
		t.Errorf("%d of %d bands miss the truth", missed, len(p.Lags))
	}
}

// TestScanFindsThePlateauOfASmoothProcess: with η hidden, C(t) = (e^{−t} − μ e^{−t/μ})/(1 − μ²) has no slope at 0; beyond μ
// Φ = −C(0) ln(C(τ)/C(0))/τ goes to C(0) as 1/τ does. The 10 000 time units put 5·√(2/10⁴) on it.
func TestScanFindsThePlateauOfASmoothProcess(t *testing.T) {
	s := coloured(t, 200_000)
	p := scan(t, s, LagOptions{Options: Options{Cells: 100}, Lags: []int{2, 8, 16, 32, 40, 48, 56, 64}})
	tau, mu := p.Tau[p.Chosen], 0.2
	if tau < mu || !p.Settled {
		t.Errorf("the lag %g was chosen, settled %v", tau, p.Settled)
	}
	first, best := p.Phi[0].At(0, 0), p.Phi[p.Chosen].At(0, 0)
	if first > 0.5*best {
		t.Errorf("Φ(Δt) = %.3g is not far below the plateau %.3g", first, best)
	}
	want := -math.Log((math.Exp(-tau)-mu*math.Exp(-tau/mu))/(1-mu)) / tau / (1 + mu)
	numtest.Within(t, "plateau", best, want, numtest.Sigmas*math.Sqrt(2e-4))
}

func TestScanWithoutPlateauSaysSo(t *testing.T) {
	p := scan(t, coloured(t, 100_000), LagOptions{Options: Options{Cells: 30, Method: Direct}, Lags: []int{1, 2, 4}})
	if p.Settled || !errors.Is(p.Err(), ErrNoPlateau) {
		t.Errorf("settled at %d", p.Chosen)
	}
}

// TestResampledOnceIsTheEstimate: every part taken once gives the estimate again, by every method that can be resampled.
func TestResampledOnceIsTheEstimate(t *testing.T) {
	s := potential(t, 2, 40_000, 20)
	once := make([]int, blockCount)
	for k := range once {
		once[k] = 1
	}
	for _, m := range []Method{Logarithm, CellLogarithm, Naive, PerState, MeanDiagonal, GroupInverse, Direct} {
		q := estimate(t, s, Options{Cells: 20, Method: m})
		sums, err := q.parts(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		again, err := sums.resampled(context.Background(), once)
		if err != nil {
			t.Fatal(err)
		}
		got, err := again.resampledRate()
		if err != nil {
			t.Fatal(err)
		}
		tol := 1e-10
		if m == Direct {
			tol = 2e-3 // means over the beginnings of transitions, not over all samples
		}
		numtest.Matrix(t, m.String(), got, rateBy(t, q, m), tol)
	}
}

// TestChapmanKolmogorov accepts a Markov process and rejects a smooth one at a short lag. Of the 10 differences on each
// side the largest is below 4 standard errors in all but 10⁻³ of the cases.
func TestChapmanKolmogorov(t *testing.T) {
	q := estimate(t, ornsteinUhlenbeck(t, 100_000, 0.2), Options{Cells: 60})
	c, err := q.ChapmanKolmogorov(context.Background(), 5)
	if err != nil {
		t.Fatal(err)
	}
	if c.Worst() > 5 {
		t.Errorf("a Markov process differs by %.2g standard errors: %+v", c.Worst(), c)
	}
	numtest.Within(t, "C(τ)", c.Predicted[0].At(0, 0), c.Measured[0].At(0, 0), 1e-4)
	numtest.Within(t, "C(5τ)", c.Measured[4].At(0, 0), math.Exp(-1), 0.05)
	numtest.Within(t, "return", c.ReturnMeasured[0][0], 0.5+math.Asin(math.Exp(-.2))/math.Pi, 0.02)

	q = estimate(t, coloured(t, 100_000), Options{Cells: 60, Lag: 1})
	if c, err = q.ChapmanKolmogorov(context.Background(), 5); err != nil {
		t.Fatal(err)
	}
	if c.Worst() < 10 {
		t.Errorf("a smooth process differs by %.2g standard errors only", c.Worst())
	}
	if text := c.String(); !strings.Contains(text, "the largest of 10 differences") || !strings.Contains(c.HTML(), "return data") {
		t.Errorf("summary\n%s", text)
	}
}

// TestKramersMoyalOfThePotential, LD (51), (53)–(54): ⟨a⟩ = I, ⟨b xᵀ⟩ = −K, both corrected for the lag of 0.01, and
// ⟨b xᵀ⟩ + ⟨x bᵀ⟩ + 2⟨a⟩ = 0.
func TestKramersMoyalOfThePotential(t *testing.T) {
	q := estimate(t, potential(t, 8, 400_000, 10), Options{Cells: 100})
	k, err := q.KramersMoyal(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	numtest.Matrix(t, "⟨a⟩", k.Mean, mat.NewDense(2, 2, []float64{1, 0, 0, 1}), 0.03)
	numtest.Matrix(t, "⟨b xᵀ⟩", k.Rate, mat.NewDense(2, 2, []float64{-1, .8, -.8, -1}), 0.06)
	for a := range 2 {
		for b := range 2 {
			numtest.Within(t, "LD (53)", k.Rate.At(a, b)+k.Rate.At(b, a)+2*k.Mean.At(a, b), 0, 0.02)
		}
	}
	if text := k.String(); !strings.Contains(text, "⟨a⟩ = [") || !strings.Contains(k.HTML(), "<td>") {
		t.Errorf("summary\n%s", text)
	}
	mean := mat.NewDense(2, 2, nil)
	for j, p := range q.Pi {
		addScaled(mean.RawMatrix().Data, p, k.Diffusion[4*j:4*j+4])
	}
	numtest.Matrix(t, "Σ π a", mean, k.Mean, 1e-2)
}

func TestAdvice(t *testing.T) {
	s := ornsteinUhlenbeck(t, 200_000, 0.02)
	for _, c := range []struct {
		cells int
		text  bool
	}{{5, true}, {20, true}, {100, false}, {3000, true}} {
		a, err := estimate(t, s, Options{Cells: c.cells}).Advice()
		if err != nil {
			t.Fatal(err)
		}
		if (len(a.Text) > 0) != c.text {
			t.Errorf("%d cells: %+v", c.cells, a)
		}
		numtest.Within(t, "step", a.Step, math.Sqrt(2*(1-math.Exp(-.02))), 0.02)
	}
}

// TestScanIsTheSameBitsOnAnyNumberOfCores, and so are the counts, the bands and the test of the chain.
func TestScanIsTheSameBitsOnAnyNumberOfCores(t *testing.T) {
	s := potential(t, 3, 40_000, 20)
	var first *Plateau
	var worst float64
	for _, procs := range []int{1, 2, 5} {
		before := runtime.GOMAXPROCS(procs)
		p := scan(t, s, LagOptions{Options: Options{Cells: 20, Seed: 3}, Lags: []int{1, 2, 3}, Replicates: 20})
		c, err := p.Best.ChapmanKolmogorov(context.Background(), 3)
		runtime.GOMAXPROCS(before)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first, worst = p, c.Worst()
		}
		for k := range p.Lags {
			if !mat.Equal(p.Phi[k], first.Phi[k]) || !mat.Equal(p.Bands[k][0], first.Bands[k][0]) || c.Worst() != worst {
				t.Errorf("%d cores give other bits", procs)
			}
		}
	}
}

func TestScanRejects(t *testing.T) {
	s := ornsteinUhlenbeck(t, 2000, 0.1)
	for _, c := range []struct {
		o    LagOptions
		says string
	}{
		{LagOptions{Lags: []int{1, 2}}, "three or more"},
		{LagOptions{Lags: []int{3, 2, 1}}, "ascending"},
		{LagOptions{Replicates: 3}, "at least 20"},
		{LagOptions{Level: 2}, "coverage"},
		{LagOptions{Options: Options{Method: GreenKubo}}, "no plateau"},
	} {
		_, err := ScanLags(context.Background(), s, c.o)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v does not say %q", err, c.says)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := ScanLags(ctx, s, LagOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestWhatNeedsATrajectorySaysSo(t *testing.T) {
	q, _ := exactChain(t, 5, 1, 0.3, CellLogarithm)
	ctx := context.Background()
	_, lag := q.AtLag(ctx, 2)
	_, test := q.ChapmanKolmogorov(ctx, 2)
	_, moments := q.KramersMoyal(ctx)
	_, advice := q.Advice()
	_, holding := q.Rates(HoldingTime)
	_, green := q.CorrelationRateBy(GreenKubo)
	for _, err := range []error{lag, test, moments, advice, holding, green} {
		if err == nil || !strings.Contains(err.Error(), "trajectory") {
			t.Errorf("error %v", err)
		}
	}
}
