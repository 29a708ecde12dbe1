package stats

import (
	"math"
	"slices"
	"strings"
	"testing"

	"scorebook/internal/numtest"
	"scorebook/internal/rng"
	"scorebook/stdlib/trajectory"
)

// normals returns n numbers of mean m and standard deviation s.
func normals(stream uint64, n int, m, s float64) []float64 {
	x := make([]float64, n)
	r := rng.New(1, "test", stream)
	r.Normals(x)
	for k := range x {
		x[k] = m + s*x[k]
	}
	return x
}

func gauss(x, m, v float64) float64 {
	return math.Exp(-(x-m)*(x-m)/(2*v)) / math.Sqrt(2*math.Pi*v)
}

func kde(t testing.TB, sample []float64, o DensityOptions) *Density {
	t.Helper()
	d, err := KDE(sample, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestQuantilesAreThoseOfTheSortedSample(t *testing.T) {
	p := []float64{0, 0.1, 0.25, 0.5, 0.75, 0.999, 1}
	samples := [][]float64{normals(1, 10001, 0, 1), {3}, {2, 1}, {5, 5, 5, 5, 1}, {1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1}}
	for _, x := range samples {
		got := Quantiles(x, p...)
		slices.Sort(x)
		for i, prob := range p {
			at := prob * float64(len(x)-1)
			k := min(int(at), max(0, len(x)-2))
			want := x[k]
			if len(x) > 1 {
				want += (at - float64(k)) * (x[k+1] - x[k])
			}
			numtest.Within(t, "quantile", got[i], want, 1e-14)
		}
	}
}

func TestBandwidthOfAKnownSample(t *testing.T) {
	x := make([]float64, 1001) // 0 … 1000: std = √((n²−1)/12), IQR = 500
	for k := range x {
		x[k] = float64(1000 - k)
	}
	h, err := Bandwidth(x)
	if err != nil {
		t.Fatal(err)
	}
	std := math.Sqrt((1001.0*1001 - 1) / 12)
	numtest.Within(t, "h", h, 0.9*min(std, 500/1.34)*math.Pow(1001, -0.2), 1e-13)
}

// TestKDEIsTheSumOfKernels compares with the definition. Linear binning with step δ moves each kernel by at most δ²/8
// of its second derivative, at most δ²/8h² of its height.
func TestKDEIsTheSumOfKernels(t *testing.T) {
	x := normals(2, 300, 5, 2)
	d := kde(t, x, DensityOptions{})
	bound := d.Step * d.Step / (8 * d.Bandwidth * d.Bandwidth) / (math.Sqrt(2*math.Pi) * d.Bandwidth)
	for k, p := range d.P {
		want := 0.0
		for _, v := range x {
			want += gauss(d.At(k), v, d.Bandwidth*d.Bandwidth) / float64(len(x))
		}
		if math.Abs(p-want) > bound+1e-5*want {
			t.Fatalf("p(%g) = %g, want %g ± %g", d.At(k), p, want, bound)
		}
	}
	numtest.Within(t, "integral", sum(d.P)*d.Step, 1, 1e-4)
	numtest.Within(t, "value between points", d.Value(d.At(900)+d.Step/2), (d.P[900]+d.P[901])/2, 1e-9)
	numtest.Within(t, "value outside", d.Value(1e3), 0, 0)
}

func TestAGivenAxisShowsAPartOfTheSameDensity(t *testing.T) {
	x := normals(3, 2000, 0, 1)
	whole := kde(t, x, DensityOptions{})
	part := kde(t, x, DensityOptions{X: NewAxis(0, 1, 300)})
	for k, p := range part.P {
		numtest.Within(t, "p", p, whole.Value(part.At(k)), 1e-3)
	}
}

func TestANarrowKernelIsAHistogram(t *testing.T) {
	d := kde(t, []float64{0, 1, 1, 2}, DensityOptions{Bandwidth: 1e-9, X: NewAxis(-1, 3, 5)})
	numtest.Slice(t, "p", d.P, []float64{0, 0.25, 0.5, 0.25, 0}, 1e-12)
}

// TestKDEOfNormals knows the mean of the estimate, 𝒩(0, 1+h²), and its variance p(x)/(2√π h N).
func TestKDEOfNormals(t *testing.T) {
	const n = 200000
	d := kde(t, normals(4, n, 0, 1), DensityOptions{})
	for _, x := range []float64{-2, -0.5, 0, 1, 2.5} {
		want := gauss(x, 0, 1+d.Bandwidth*d.Bandwidth)
		numtest.MeanWithin(t, "p", d.Value(x), want, math.Sqrt(want/(2*math.Sqrt(math.Pi)*d.Bandwidth)), n)
	}
}

func TestJointOfIndependentSamplesIsTheSumOfProductKernels(t *testing.T) {
	x, y := normals(5, 200, 0, 1), normals(6, 200, 3, 0.1)
	d, err := KDE2(x, y, DensityOptions{})
	if err != nil {
		t.Fatal(err)
	}
	hx, hy := d.Bandwidth[0], d.Bandwidth[1]
	bound := (d.X.Step*d.X.Step/(hx*hx) + d.Y.Step*d.Y.Step/(hy*hy)) / 8 / (2 * math.Pi * hx * hy)
	for i := 0; i < d.X.N; i += 7 {
		for j := 0; j < d.Y.N; j += 5 {
			want := 0.0
			for k := range x {
				want += gauss(d.X.At(i), x[k], hx*hx) * gauss(d.Y.At(j), y[k], hy*hy) / float64(len(x))
			}
			if got := d.P[i*d.Y.N+j]; math.Abs(got-want) > bound+1e-4*want {
				t.Fatalf("p(%g, %g) = %g, want %g ± %g", d.X.At(i), d.Y.At(j), got, want, bound)
			}
		}
	}
	numtest.Within(t, "integral", sum(d.P)*d.X.Step*d.Y.Step, 1, 1e-3)
}

func TestBadSamples(t *testing.T) {
	good := []float64{1, 2, 3}
	cases := []struct {
		says   string
		sample []float64
		o      DensityOptions
	}{
		{"at least 2", []float64{1}, DensityOptions{}},
		{"at least 2", nil, DensityOptions{}},
		{"sample 1 is NaN", []float64{1, math.NaN()}, DensityOptions{}},
		{"spread", []float64{4, 4, 4}, DensityOptions{}},
		{"bandwidth -1", good, DensityOptions{Bandwidth: -1}},
		{"1 points", good, DensityOptions{Points: 1}},
	}
	for _, c := range cases {
		if _, err := KDE(c.sample, c.o); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one about %q", err, c.says)
		}
		if _, err := KDE2(good[:min(len(c.sample), 3)], c.sample[:min(len(c.sample), 3)], c.o); err == nil {
			t.Errorf("no error in two dimensions, want one about %q", c.says)
		}
	}
}

func TestPairsAreInPhysicalCoordinates(t *testing.T) {
	a := &trajectory.Trajectory{Dim: 2, Dt: 1, X: normals(7, 2*5000, 3, 2)}
	n, err := a.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	p, q, err := MarginalPair(a, n, 1, DensityOptions{})
	if err != nil {
		t.Fatal(err)
	}
	numtest.Slice(t, "density of the same series, normalised", q.P, p.P, 1e-9)
	jp, jq, err := JointPair(n, a, 0, 1, DensityOptions{Points: 64})
	if err != nil {
		t.Fatal(err)
	}
	numtest.Slice(t, "joint density of the same series, normalised", jq.P, jp.P, 1e-9)
	own, err := Marginal(n, 1, DensityOptions{})
	if err != nil || own.Hi() > 10 {
		t.Errorf("Marginal is not in the coordinates of the series: up to %v, %v", own.Hi(), err)
	}
}

func BenchmarkKDE(b *testing.B) {
	x := normals(8, 1_000_000, 0, 1)
	b.ReportAllocs()
	for b.Loop() {
		kde(b, x, DensityOptions{})
	}
}

func BenchmarkKDE2(b *testing.B) {
	x, y := normals(9, 1_000_000, 0, 1), normals(10, 1_000_000, 0, 1)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := KDE2(x, y, DensityOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
