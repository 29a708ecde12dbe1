package systems_test

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/sde"
	"scorebook/stdlib/systems"
)

// The papers' two-dimensional example: its Φ, and a short ensemble of it.
func ExampleAsymmetricPotential() {
	s := systems.AsymmetricPotential{}
	obs, err := sde.Simulate(context.Background(), s.SDE(), sde.Run{Dt: 1e-3, Every: 25, Steps: 100_000, Ensemble: 16, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s)
	fmt.Println(obs.Len(), "samples of", obs.Name(0), "and", obs.Name(1), "in", obs.RunCount(), "runs")
	fmt.Printf("Φ = %v\n", mat.Formatted(s.Mobility(), mat.Prefix("    ")))
	// Output:
	// asymmetric potential: A = (1, 1.2), B = (0.6, 0.3), C = 0.8
	// 64000 samples of x₁ and x₂ in 16 runs
	// Φ = ⎡   1  -0.8⎤
	//     ⎣ 0.8     1⎦
}

// Everything that the method estimates is known for a linear process.
func ExampleOrnsteinUhlenbeck() {
	o, err := systems.NewOrnsteinUhlenbeck(
		mat.NewDense(2, 2, []float64{1, -1, 1, 1}),
		mat.NewDense(2, 2, []float64{1, 0, 0, 1}))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(o)
	fmt.Printf("C(0) = %.3g\n", mat.Formatted(o.Covariance(), mat.Prefix("       ")))
	fmt.Printf("Φ    = %.3g\n", mat.Formatted(o.Mobility(), mat.Prefix("       ")))
	// Output:
	// Ornstein–Uhlenbeck: dx = −A x dt + B dW
	// A = ⎡1  -1⎤
	//     ⎣1   1⎦
	// B = ⎡1  0⎤
	//     ⎣0  1⎦
	// C(0) = ⎡0.5    0⎤
	//        ⎣  0  0.5⎦
	// Φ    = ⎡ 0.5  -0.5⎤
	//        ⎣ 0.5   0.5⎦
}

// A ring of length 34, of which every fourth point is kept as in LD, from 16 random starts.
func ExampleKuramotoSivashinsky() {
	ks := systems.KuramotoSivashinsky{Stride: 4}
	obs, err := ks.Simulate(context.Background(), sde.Run{Dt: 0.1, Every: 10, Steps: 2000, BurnIn: 1000, Ensemble: 16, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(ks)
	fmt.Println(obs.RunCount(), "runs of", obs.LongestRun(), "samples, Δt =", obs.Dt)
	fmt.Printf("std of v₁ = %.1f\n", obs.Moments().Std()[0])
	// Output:
	// Kuramoto–Sivashinsky: L = 34, N = 128, every 4 kept, D = 32
	// 16 runs of 200 samples, Δt = 1
	// std of v₁ = 1.4
}
