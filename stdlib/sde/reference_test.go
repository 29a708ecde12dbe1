package sde

import (
	"context"
	"math"
	"testing"

	"scorebook/internal/rng"
	"scorebook/internal/simd"
	"scorebook/stdlib/trajectory"
)

func simulate(t testing.TB, s SDE, r Run) *trajectory.Trajectory {
	t.Helper()
	obs, err := Simulate(context.Background(), s, r)
	if err != nil {
		t.Fatal(err)
	}
	if err := obs.Validate(); err != nil {
		t.Fatal(err)
	}
	return obs
}

// noiseOf returns the ζ that drives a member, step after step.
func noiseOf(seed uint64, member, values int) []float64 {
	z := make([]float64, values)
	r := rng.New(seed, "sde", uint64(member))
	simd.Normals(z, r.Uint64(), 0)
	return z
}

func doubleWell(dst, x []float64) { dst[0] = x[0] - x[0]*x[0]*x[0] }

// finePath integrates the double well with noise b over the Wiener path whose increments over dt are √dt·z, refined by
// Brownian bridges of `fine` steps each, and returns the final state. It is written apart from the package, with Heun's
// drift, so that its own error is negligible.
func finePath(z []float64, dt, b float64, fine int, r *rng.Stream) float64 {
	h := dt / float64(fine)
	x, f, g, y := []float64{0}, []float64{0}, []float64{0}, []float64{0}
	for _, c := range z {
		left := math.Sqrt(dt) * c
		for k := fine; k > 0; k-- { // the rest of the bridge has k steps to reach `left`
			dw := left / float64(k)
			if k > 1 {
				dw += math.Sqrt(h*float64(k-1)/float64(k)) * r.Normal()
			}
			left -= dw
			doubleWell(f, x)
			y[0] = x[0] + h*f[0] + b*dw
			doubleWell(g, y)
			x[0] += h*(f[0]+g[0])/2 + b*dw
		}
	}
	return x[0]
}
