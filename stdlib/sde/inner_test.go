package sde

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"scorebook/stdlib/trajectory"

	"gonum.org/v1/gonum/mat"
)

// plain simulates by the loops that a compiler gets, compiled by Go.
func plain(t *testing.T, s SDE, r Run) (*trajectory.Trajectory, error) {
	t.Helper()
	in, ok := InnerOf(s, r.Scheme)
	if !ok {
		t.Fatalf("%v has no inner loop for %v", s, r.Scheme)
	}
	return Simulate(context.Background(), s.Compiled(r.Scheme, in.Plain), r)
}

// wavy is a noise that depends on the state: m sources, or diagonal when m is 0.
func wavy(m int, c Calculus) Noise {
	b := func(dst, x []float64) {
		for i := range dst {
			dst[i] = 0.5 + 0.3*math.Sin(x[i%2]+float64(i))
		}
	}
	n := Multiplicative(b)
	if m > 0 {
		n = MultiplicativeMatrix(m, b)
	}
	n.Calculus = c
	return n
}

// TestLoopsHaveTheBitsOfTheirSteppers runs each scheme with each kind of noise both ways, over stretches that end in the
// middle of samples, blocks of one to four members, burn-in and bounds.
func TestLoopsHaveTheBitsOfTheirSteppers(t *testing.T) {
	noises := map[string]Noise{
		"none": {}, "isotropic": Isotropic(1.2), "diagonal": Diagonal(0.7, 1.3),
		"matrix": Matrix(mat.NewDense(2, 3, []float64{1, 0.2, -0.4, 0.1, 0.8, 0.3})), "wavy": wavy(0, Ito), "wavy, Stratonovich": wavy(0, Stratonovich),
		"one source": wavy(1, Ito), "one source, Stratonovich": wavy(1, Stratonovich), "three sources": wavy(3, Ito), "three sources, Stratonovich": wavy(3, Stratonovich),
	}
	count := 0
	for name, noise := range noises {
		for i := range schemes {
			s := SDE{Dim: 2, Drift: asymmetric, Noise: noise}
			if Scheme(i).validate(2, noise) != nil {
				continue
			}
			for _, r := range []Run{
				{Dt: 0.01, Steps: 9001, Every: 7, Ensemble: 5, Workers: 1},
				{Dt: 0.01, Steps: 300, Ensemble: 40, Workers: 2, BurnIn: 100, Start: []float64{0.5, -0.5}},
				{Dt: 0.01, Steps: 20_000, Every: 3, Seed: 3, Bound: 1.5},
			} {
				r.Scheme = Scheme(i)
				want := simulate(t, s, r)
				got, err := plain(t, s, r)
				if err != nil {
					t.Fatal(err)
				}
				count++
				if !slices.Equal(got.X, want.X) || got.Resets != want.Resets {
					t.Errorf("%v with noise %s, %+v: other bits, %d resets for %d", r.Scheme, name, r, got.Resets, want.Resets)
				}
			}
		}
	}
	if count < 60 {
		t.Errorf("only %d cases", count)
	}
}

// TestLoopsBlowUpWhereTheirSteppersDo compares the errors, and the signs of zeros without noise.
func TestLoopsBlowUpWhereTheirSteppersDo(t *testing.T) {
	s := SDE{Dim: 2, Drift: func(dst, x []float64) { dst[0], dst[1] = x[0]*x[0]*x[0], -x[1] }, Noise: Isotropic(0.5)}
	for i := range schemes {
		r := Run{Scheme: Scheme(i), Dt: 0.01, Steps: 10_000, Ensemble: 6, Seed: 2}
		_, err := Simulate(context.Background(), s, r)
		_, got := plain(t, s, r)
		var a, b *BlowUp
		if !errors.As(err, &a) || !errors.As(got, &b) {
			t.Fatalf("%v: %v and %v", r.Scheme, err, got)
		}
		if a.Member != b.Member || a.Step != b.Step || a.Coordinate != b.Coordinate {
			t.Errorf("%v: %v, by the loop %v", r.Scheme, a, b)
		}
	}
	still := SDE{Dim: 1, Drift: func(dst, x []float64) { dst[0] = -x[0] }}
	r := Run{Dt: 0.1, Steps: 3, Start: []float64{math.Copysign(0, -1)}}
	want := simulate(t, still, r)
	if got, _ := plain(t, still, r); math.Signbit(got.X[2]) != math.Signbit(want.X[2]) {
		t.Errorf("%v, want %v", got.X, want.X)
	}
}
