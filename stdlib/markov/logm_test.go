package markov

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// randomGenerator returns a dense generator, columns summing to zero, with rates in (0, scale/n), and a strong extra
// rate from the last state to the first, which makes it non-normal.
func randomGenerator(n int, scale float64, seed uint64) *mat.Dense {
	r := rand.New(rand.NewPCG(seed, 1))
	q := mat.NewDense(n, n, nil)
	for j := range n {
		sum := 0.0
		for i := range n {
			if i != j {
				v := scale * r.Float64() / float64(n)
				if i == 0 && j == n-1 {
					v += scale
				}
				q.Set(i, j, v)
				sum += v
			}
		}
		q.Set(j, j, -sum)
	}
	return q
}

// largestDifference returns maxᵢⱼ |aᵢⱼ − bᵢⱼ|.
func largestDifference(a, b mat.Matrix) float64 {
	var d mat.Dense
	d.Sub(a, b)
	m := 0.0
	for _, v := range d.RawMatrix().Data {
		m = max(m, math.Abs(v))
	}
	return m
}

func logOf(t *testing.T, a mat.Matrix, floor float64) (*mat.Dense, Treatment) {
	t.Helper()
	s, err := newSchur(a)
	if err != nil {
		t.Fatal(err)
	}
	facts := s.treat(floor)
	l, err := s.log()
	if err != nil {
		t.Fatal(err)
	}
	return l, facts
}

func TestLogarithmInvertsExponential(t *testing.T) {
	for _, n := range []int{1, 2, 3, 10, 60} {
		q := randomGenerator(n, 3, uint64(n))
		var p mat.Dense
		p.Exp(q)
		got, facts := logOf(t, &p, 0)
		if d := largestDifference(got, q); d > 1e-11 {
			t.Errorf("n=%d: ln(exp Q) differs from Q by %g", n, d)
		}
		if facts.Floored+facts.Negative != 0 {
			t.Errorf("n=%d: eigenvalues were treated: %+v", n, facts)
		}
	}
}

func TestLogarithmOfRotation(t *testing.T) {
	q := mat.NewDense(3, 3, []float64{-.1, -2.9, 0, 2.9, -.1, .5, 0, 0, -7})
	var p mat.Dense
	p.Exp(q)
	got, _ := logOf(t, &p, 0)
	if d := largestDifference(got, q); d > 1e-12 {
		t.Errorf("ln(exp Q) differs from Q by %g", d)
	}
}

func TestSchurReproducesMatrix(t *testing.T) {
	a := randomGenerator(17, 4, 3)
	s, err := newSchur(a)
	if err != nil {
		t.Fatal(err)
	}
	z, tt := mat.NewDense(17, 17, s.z), mat.NewDense(17, 17, s.t)
	var back mat.Dense
	back.Product(z, tt, z.T())
	if d := largestDifference(&back, a); d > 1e-13 {
		t.Errorf("Z T Zᵀ differs by %g", d)
	}
	ct, cz := s.complex()
	if d := largestDifference(conjugated(ct, cz, 17), a); d > 1e-13 {
		t.Errorf("complex Z T Zᴴ differs by %g", d)
	}
}

func TestTreatment(t *testing.T) {
	// Eigenvalues 1, 0.5 ± 0.2i, 0.001 ± 0.002i, −0.3 and 1e-4, in an orthogonal frame.
	blocks := mat.NewDense(7, 7, nil)
	blocks.Set(0, 0, 1)
	for k, v := range []complex128{0.5 + 0.2i, 0.001 + 0.002i} {
		i := 1 + 2*k
		blocks.Set(i, i, real(v))
		blocks.Set(i+1, i+1, real(v))
		blocks.Set(i, i+1, imag(v))
		blocks.Set(i+1, i, -imag(v))
	}
	blocks.Set(5, 5, -0.3)
	blocks.Set(6, 6, 1e-4)
	var qr mat.QR
	qr.Factorize(randomGenerator(7, 1, 5))
	var frame, a, frameBack mat.Dense
	qr.QTo(&frame)
	a.Product(&frame, blocks, frame.T())
	got, facts := logOf(t, &a, 0.01)
	if facts.Floored != 3 || facts.Negative != 1 {
		t.Fatalf("treated %+v, want 3 floored and 1 negative", facts)
	}
	frameBack.Product(frame.T(), got, &frame)
	want := map[[2]int]float64{
		{0, 0}: 0, {1, 1}: math.Log(math.Hypot(.5, .2)), {1, 2}: math.Atan2(.2, .5),
		{3, 3}: math.Log(.01), {3, 4}: 0, {4, 3}: 0, {5, 5}: math.Log(.3), {6, 6}: math.Log(.01),
	}
	for at, v := range want {
		if d := math.Abs(frameBack.At(at[0], at[1]) - v); d > 1e-12 {
			t.Errorf("element %v is off by %g", at, d)
		}
	}
}

func TestZeroEigenvalueIsAnError(t *testing.T) {
	s, err := newSchur(mat.NewDense(2, 2, []float64{1, 1, 0, 0}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.log(); err == nil {
		t.Error("a singular matrix has a logarithm")
	}
}
