package dsm

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"scorebook/internal/rng"
	"scorebook/stdlib/nn"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

func gaussian(n int, seed uint64) []float64 {
	x := make([]float64, n)
	draw := rng.New(seed, "dsm test")
	draw.Normals(x)
	return x
}

func seriesOf(t testing.TB, dim int, x []float64) *trajectory.Trajectory {
	t.Helper()
	series, err := trajectory.New(dim, 1, x)
	if err != nil {
		t.Fatal(err)
	}
	return series
}

func fit(t testing.TB, series *trajectory.Trajectory, o Options) *Model {
	t.Helper()
	m, err := Fit(context.Background(), series, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// relativeError is √(Σ|got − want|²/Σ|want|²) over the points x.
func relativeError(got, want score.Score, x []float64) float64 {
	a, b := make([]float64, len(x)), make([]float64, len(x))
	got.ScoreTo(a, x)
	want.ScoreTo(b, x)
	diff, norm := 0.0, 0.0
	for i, v := range b {
		diff += (a[i] - v) * (a[i] - v)
		norm += v * v
	}
	return math.Sqrt(diff / norm)
}

// shrunk is the score of a standard normal density smoothed by σ.
func shrunk(d int, sigma float64) score.Score {
	return score.Func{D: d, F: func(dst, x []float64) {
		for i, v := range x {
			dst[i] = -v / (1 + sigma*sigma)
		}
	}}
}

// The loss of the best network is known for a Gaussian: Var(z|y) = 1/(1 + σ²). Its average over n·D noises scatters
// by √(2/nD)·Var.
func TestGaussianScoreAndLoss(t *testing.T) {
	const sigma, n = 0.5, 20_000
	m := fit(t, seriesOf(t, 2, gaussian(2*n, 1)), Options{Sigma: sigma, Epochs: 20, LearningRate: 5e-3, Hidden: []int{32}, HeldOut: 0.25, Seed: 2})
	if e := relativeError(m, shrunk(2, sigma), gaussian(4000, 3)); e > 0.05 {
		t.Errorf("relative error of the score is %.4f", e)
	}
	best := 1 / (1 + sigma*sigma)
	held := m.HeldOut[len(m.HeldOut)-1]
	if scatter := best * math.Sqrt(2.0/(2*n/4)); math.Abs(held-best) > 5*scatter {
		t.Errorf("held-out loss %.4f, the best possible is %.4f ± %.4f", held, best, scatter)
	}
	if m.Samples != 3*n/4 || m.KernelWidth() != sigma || len(m.Warnings) > 0 {
		t.Errorf("%v", m)
	}
}

// A ring of 16 coordinates, each correlated with its neighbours: the score is linear with a circulant matrix, the
// inverse of C + σ²I. N is such that the fit, not the sample, decides.
func TestUNetLearnsARing(t *testing.T) {
	const d, n, sigma = 16, 6000, 0.5
	z := gaussian(d*n, 4)
	x := make([]float64, d*n)
	for k := range n {
		for l := range d {
			x[k*d+l] = 0.8*z[k*d+l] + 0.6*z[k*d+(l+1)%d]
		}
	}
	m := fit(t, seriesOf(t, d, x), Options{Sigma: sigma, UNet: &nn.UNetOptions{Base: 8, Multipliers: []int{1, 2}}, Epochs: 25, Batch: 128,
		LearningRate: 5e-3, WarmUp: 50, Floor: 1e-4, Seed: 5})
	if e := relativeError(m, ringScore(d, sigma), x[:d*500]); e > 0.2 {
		t.Errorf("relative error of the score is %.3f", e)
	}
}

// ringScore inverts C + σ²I in Fourier space: C has eigenvalues 1 + 0.96 cos(2πk/D).
func ringScore(d int, sigma float64) score.Score {
	row := make([]float64, d)
	for l := range row {
		for k := range d {
			angle := 2 * math.Pi * float64(k) / float64(d)
			row[l] += math.Cos(angle*float64(l)) / (1 + 0.96*math.Cos(angle) + sigma*sigma) / float64(d)
		}
	}
	return score.Func{D: d, F: func(dst, x []float64) {
		for i := range dst {
			dst[i] = 0
			for j, v := range x {
				dst[i] -= row[(i-j+d)%d] * v
			}
		}
	}}
}

func TestSameBitsOnOneCoreAndMore(t *testing.T) {
	series := seriesOf(t, 3, gaussian(3*2000, 6))
	var models [2]*Model
	for i, cores := range []int{1, 4} {
		previous := runtime.GOMAXPROCS(cores)
		models[i] = fit(t, series, Options{Sigma: 0.2, Epochs: 3, Batch: 400, Samples: 1500, HeldOut: 0.2, Seed: 7})
		runtime.GOMAXPROCS(previous)
	}
	a, b := models[0], models[1]
	if !slices.Equal(a.Loss, b.Loss) || !slices.Equal(a.HeldOut, b.HeldOut) {
		t.Error("the number of cores changes the bits")
	}
	x, sa, sb := gaussian(30, 8), make([]float64, 30), make([]float64, 30)
	a.ScoreTo(sa, x)
	b.ScoreTo(sb, x)
	if !slices.Equal(sa, sb) {
		t.Error("scores differ")
	}
}

// Every sample is met once an epoch, with other noise in the next.
func TestEpochsDrawAnew(t *testing.T) {
	x := gaussian(2*50, 9)
	s := newNoisy(x, 2, Options{Sigma: 0.1, Seed: 1}, "dsm", 0)
	var noise [2][]float32
	for epoch := range noise {
		s.Begin(epoch)
		in, z, w := make([]float32, 100), make([]float32, 100), make([]float32, 50)
		s.Load(in[:60], z[:60], w[:30], 0)
		s.Load(in[60:], z[60:], w[30:], 30)
		var clean, want []float64
		for i := range in {
			clean = append(clean, math.Round(1e4*(float64(in[i])-0.1*float64(z[i]))))
			want = append(want, math.Round(1e4*x[i]))
		}
		slices.Sort(clean)
		slices.Sort(want)
		for i := range want {
			if math.Abs(clean[i]-want[i]) > 1 {
				t.Fatalf("epoch %d does not hold every sample once", epoch)
			}
		}
		noise[epoch] = z
	}
	if slices.Equal(noise[0], noise[1]) {
		t.Error("two epochs have the same noise")
	}
}

func TestDerivativesAndFile(t *testing.T) {
	m := fit(t, seriesOf(t, 2, gaussian(2000, 10)), Options{Sigma: 0.5, Epochs: 2, Hidden: []int{8}})
	x := gaussian(20, 11)
	div, j := make([]float64, 10), make([]float64, 40)
	score.DivergenceTo(div, x, m)
	score.JacobianTo(j, x, m)
	for k := range div {
		if math.Abs(div[k]-j[4*k]-j[4*k+3]) > 1e-12*(1+math.Abs(div[k])) {
			t.Errorf("divergence %v, trace %v", div[k], j[4*k]+j[4*k+3])
		}
	}
	path := filepath.Join(t.TempDir(), "score")
	if err := m.Save(path); err != nil {
		t.Fatal(err)
	}
	got, err := nn.LoadDenoiser(path)
	if err != nil {
		t.Fatal(err)
	}
	if e := relativeError(got, m, x); e != 0 {
		t.Errorf("read back, the score changes by %v", e)
	}
}

func TestBadInputIsExplained(t *testing.T) {
	good := seriesOf(t, 2, gaussian(200, 12))
	flat := slices.Clone(good.X)
	for i := 1; i < len(flat); i += 2 {
		flat[i] = 3
	}
	cases := []struct {
		name string
		t    *trajectory.Trajectory
		o    Options
		want string
	}{
		{"no sigma", good, Options{}, "Sigma is 0"},
		{"NaN sigma", good, Options{Sigma: math.NaN()}, "Sigma is NaN"},
		{"negative sigma", good, Options{Sigma: -1}, "Sigma is -1"},
		{"samples", good, Options{Sigma: 1, Samples: -1}, "Samples is -1"},
		{"hidden", good, Options{Sigma: 1, Hidden: []int{0}}, "Hidden is [0]"},
		{"held out", good, Options{Sigma: 1, HeldOut: 1}, "HeldOut is 1"},
		{"too few", seriesOf(t, 1, gaussian(5, 1)), Options{Sigma: 1}, "bring more"},
		{"NaN row", &trajectory.Trajectory{Dim: 1, Dt: 1, X: []float64{1, math.NaN()}}, Options{Sigma: 1}, "NaN"},
		{"Inf row", &trajectory.Trajectory{Dim: 1, Dt: 1, X: []float64{1, math.Inf(1)}}, Options{Sigma: 1}, "Inf"},
		{"empty", &trajectory.Trajectory{Dim: 1, Dt: 1}, Options{Sigma: 1}, "no samples"},
		{"constant", seriesOf(t, 2, flat), Options{Sigma: 1}, "x₂ is constant"},
		{"net", good, Options{Sigma: 1, Net: nn.NewMLP(1, 3, 3)}, "3 inputs"},
		{"ring", good, Options{Sigma: 1, UNet: &nn.UNetOptions{Length: 32}}, "does not fit 2"},
		{"short ring", good, Options{Sigma: 1, UNet: &nn.UNetOptions{}}, "multiple of 8"},
		{"patience", good, Options{Sigma: 1, Patience: 2}, "HeldOut"},
		{"epochs", good, Options{Sigma: 1, Epochs: -1}, "Epochs is -1"},
	}
	for _, c := range cases {
		_, err := Fit(context.Background(), c.t, c.o)
		if err == nil || !strings.HasPrefix(err.Error(), "dsm: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v lacks %q", c.name, err, c.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Fit(ctx, good, Options{Sigma: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestDoubtfulFitsWarn(t *testing.T) {
	x := gaussian(30, 13) // too few for σ and the network: it learns the samples by heart
	m := fit(t, seriesOf(t, 1, x), Options{Sigma: 0.3, Epochs: 1500, LearningRate: 0.01, HeldOut: 0.3, Hidden: []int{64, 64}})
	for i := range x {
		x[i] *= 100
	}
	wide := fit(t, seriesOf(t, 1, x), Options{Sigma: 0.01, Epochs: 1, LearningRate: 1e-6})
	for want, m := range map[string]*Model{"held-out loss rose": m, "knows nothing": wide, "normalise": wide} {
		if !strings.Contains(m.String(), want) || !strings.Contains(m.HTML(), want) {
			t.Errorf("no warning %q in\n%v", want, m)
		}
	}
}

func TestManyAndFewDimensions(t *testing.T) {
	for _, d := range []int{1, 64} {
		m := fit(t, seriesOf(t, d, gaussian(4000*d, 14)), Options{Sigma: 1, Epochs: 12, LearningRate: 5e-3, Seed: 1})
		if e := relativeError(m, shrunk(d, 1), gaussian(500*d, 15)); e > 0.35 {
			t.Errorf("D = %d: relative error %.3f", d, e)
		}
	}
}
