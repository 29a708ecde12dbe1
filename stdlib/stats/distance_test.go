package stats

import (
	"context"
	"errors"
	"math"
	"testing"

	"scorebook/internal/numtest"
	"scorebook/stdlib/trajectory"
)

// gaussianKL is the relative entropy of 𝒩(m, v) with respect to 𝒩(n, w).
func gaussianKL(m, v, n, w float64) float64 { return (math.Log(w/v) + (v+(m-n)*(m-n))/w - 1) / 2 }

func TestRelativeEntropyOfGaussianDensities(t *testing.T) {
	axis := NewAxis(-12, 12, 2048)
	p := DensityOf(func(x float64) float64 { return gauss(x, 0.3, 0.5) }, axis)
	q := DensityOf(func(x float64) float64 { return gauss(x, -0.4, 1.7) }, axis)
	numtest.Within(t, "KL(p‖q)", RelativeEntropy(p, q), gaussianKL(0.3, 0.5, -0.4, 1.7), 1e-8)
	numtest.Within(t, "KL(p‖p)", RelativeEntropy(p, p), 0, 0)
	scaled := DensityOf(func(x float64) float64 { return 7 * gauss(x, -0.4, 1.7) }, axis)
	numtest.Within(t, "KL of an unnormalised q", RelativeEntropy(p, scaled), RelativeEntropy(p, q), 1e-12)
}

// TestRelativeEntropyWhereTheOtherVanishes is finite, and follows from the floor.
func TestRelativeEntropyWhereTheOtherVanishes(t *testing.T) {
	axis := NewAxis(0, 3, 4)
	p, q := &Density{Axis: axis, P: []float64{1, 1, 0, 0}}, &Density{Axis: axis, P: []float64{0, 0, 1, 1}}
	numtest.Within(t, "KL", RelativeEntropy(p, q), math.Log(0.5/(1e-10/4)), 1e-8)
}

// TestKLOfSamples compares with the closed form for the smoothed Gaussians. To first order the estimate is off by
// ⟨ln(p/q)⟩ over the sample of p less ⟨p/q⟩ over the sample of q; their variances are found by quadrature.
func TestKLOfSamples(t *testing.T) {
	const n, k = 100000, 60000
	a := &trajectory.Trajectory{Dim: 1, Dt: 1, X: normals(21, n, 0, 1)}
	b := &trajectory.Trajectory{Dim: 1, Dt: 1, X: normals(22, k, 0.3, 1.2)}
	got, err := KL(context.Background(), a, b)
	if err != nil {
		t.Fatal(err)
	}
	p, q, err := MarginalPair(a, b, 0, DensityOptions{})
	if err != nil {
		t.Fatal(err)
	}
	v, w := 1+p.Bandwidth*p.Bandwidth, 1.44+q.Bandwidth*q.Bandwidth
	var l, l2, r, r2 float64
	for x := -12.0; x < 12; x += 1e-3 {
		px, qx := 1e-3*gauss(x, 0, v), 1e-3*gauss(x, 0.3, w)
		log, ratio := math.Log(gauss(x, 0, v)/gauss(x, 0.3, w)), gauss(x, 0, v)/gauss(x, 0.3, w)
		l, l2, r, r2 = l+px*log, l2+px*log*log, r+qx*ratio, r2+qx*ratio*ratio
	}
	numtest.MeanWithin(t, "KL", got[0], gaussianKL(0, v, 0.3, w), math.Sqrt((l2-l*l)/n+(r2-r*r)/k), 1)
}

// TestKLOfEqualDensities is small. Where samples are dense it is of second order, half the integrated relative variance of
// both estimates, about range/(2√π h N); beyond |x| ≈ 4.2, where N h p < 1, some six isolated samples of weight 1/N count
// with up to −ln 10⁻¹⁰ each.
func TestKLOfEqualDensities(t *testing.T) {
	const n = 200000
	a := &trajectory.Trajectory{Dim: 1, Dt: 1, X: normals(23, n, 0, 1)}
	b := &trajectory.Trajectory{Dim: 1, Dt: 1, X: normals(24, n, 0, 1)}
	got, err := KL(context.Background(), a, b)
	if err != nil {
		t.Fatal(err)
	}
	h, err := Bandwidth(a.X)
	if err != nil {
		t.Fatal(err)
	}
	if bound := 8/(2*math.Sqrt(math.Pi)*h*n) + 6*math.Log(1e10)/n; got[0] < 0 || got[0] > bound {
		t.Errorf("KL of two samples of one density is %g, allowed %g", got[0], bound)
	}
}

// TestTotalVariationOfShiftedGaussians: two Gaussians of unit variance a distance d apart differ by erf(d/2√2).
func TestTotalVariationOfShiftedGaussians(t *testing.T) {
	const d = 0.8
	axis := NewAxis(-8, 9, 1024)
	p := JointDensityOf(func(x, y float64) float64 { return gauss(x, 0, 1) * gauss(y, 0, 1) }, axis, axis)
	q := JointDensityOf(func(x, y float64) float64 { return gauss(x, 0.6*d, 1) * gauss(y, 0.8*d, 1) }, axis, axis)
	numtest.Within(t, "TV", TotalVariation(p, q), math.Erf(d/(2*math.Sqrt2)), 1e-4)
	numtest.Within(t, "TV(p, p)", TotalVariation(p, p), 0, 0)
}

// TestJointTVOfSamples allows the noise of two kernel estimates: E½∫|p̂−q̂| ≤ ½∫√(2 p/(4π hx hy N)), of which the mean
// absolute value is √(2/π), beside the closed form for the smoothed densities.
func TestJointTVOfSamples(t *testing.T) {
	const n, d = 100000, 1.0
	x, y := normals(25, 2*n, 0, 1), normals(26, 2*n, 0, 1)
	for k := 0; k < len(y); k += 2 {
		y[k] += d
	}
	a, b := &trajectory.Trajectory{Dim: 2, Dt: 1, X: x}, &trajectory.Trajectory{Dim: 2, Dt: 1, X: y}
	got, err := JointTV(context.Background(), a, b, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	h, err := Bandwidth(a.Coordinate(nil, 0))
	if err != nil {
		t.Fatal(err)
	}
	want := math.Erf(d / math.Sqrt(1+h*h) / (2 * math.Sqrt2))
	// ∫√p over the plane is √(8π) for a unit Gaussian.
	noise := 0.5 * math.Sqrt(8*math.Pi) * math.Sqrt(2/(4*math.Pi*h*h*n)) * math.Sqrt(2/math.Pi)
	if got < want-noise || got > want+noise {
		t.Errorf("TV = %g, want %g ± %g", got, want, noise)
	}
}

func TestDistancesNeedEqualDimensionsAndTime(t *testing.T) {
	a := &trajectory.Trajectory{Dim: 2, Dt: 1, X: normals(27, 200, 0, 1)}
	b := &trajectory.Trajectory{Dim: 1, Dt: 1, X: normals(28, 200, 0, 1)}
	ctx, cancel := context.WithCancel(context.Background())
	if _, err := KL(ctx, a, b); err == nil {
		t.Error("KL of different dimensions")
	}
	if _, err := JointTV(ctx, a, b, 0, 0); err == nil {
		t.Error("JointTV of different dimensions")
	}
	cancel()
	if _, err := KL(ctx, a, a); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v from a context that had ended", err)
	}
	if _, err := JointTV(ctx, a, a, 0, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v from a context that had ended", err)
	}
}
