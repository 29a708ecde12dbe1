package sde

import (
	"context"
	"math"
	"testing"
)

// benchmark reports the time of one step of one member.
func benchmark(b *testing.B, s SDE, members int) {
	b.ReportAllocs()
	r := Run{Dt: 1e-3, Steps: max(2, b.N/members), Every: 25, Ensemble: members, Seed: 1, Workers: 1}
	if _, err := Simulate(context.Background(), s, r); err != nil {
		b.Fatal(err)
	}
}

var benchSDE = SDE{Dim: 2, Drift: asymmetric, Noise: Isotropic(math.Sqrt2)}

func asymmetric(dst, x []float64) {
	g1 := 4*x[0]*(x[0]*x[0]-1) + 0.6
	g2 := 4*x[1]*(x[1]*x[1]-1.44) + 0.3
	dst[0], dst[1] = -g1+0.8*g2, -0.8*g1-g2
}

func BenchmarkStep2D(b *testing.B) { benchmark(b, benchSDE, 16) }

func BenchmarkStep2DOneMember(b *testing.B) { benchmark(b, benchSDE, 1) }

func BenchmarkStep2DBatched(b *testing.B) {
	benchmark(b, SDE{Dim: 2, Drifts: eachState(asymmetric, 2), Noise: benchSDE.Noise}, 64)
}

// wells is the double well for many states.
func wells(dst, x []float64) {
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] = v - v*v*v
	}
}

func BenchmarkDoubleWell(b *testing.B) {
	benchmark(b, SDE{Dim: 1, Drifts: wells, Noise: Isotropic(math.Sqrt2)}, 64)
}

func BenchmarkSchemes(b *testing.B) {
	for i := range schemes {
		b.Run(Scheme(i).String(), func(b *testing.B) {
			b.ReportAllocs()
			r := Run{Dt: 1e-3, Steps: max(2, b.N/64), Every: 25, Ensemble: 64, Seed: 1, Workers: 1, Scheme: Scheme(i)}
			if _, err := Simulate(context.Background(), benchSDE, r); err != nil {
				b.Fatal(err)
			}
		})
	}
}
