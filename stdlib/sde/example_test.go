package sde_test

import (
	"context"
	"fmt"
	"math"

	"scorebook/stdlib/sde"
)

// A drift is a function of the state that writes to its first argument.
func ExampleSimulate() {
	s := sde.SDE{
		Dim:   1,
		Drift: func(dst, x []float64) { dst[0] = x[0] - x[0]*x[0]*x[0] },
		Noise: sde.Isotropic(math.Sqrt2),
		Names: []string{"x"},
	}
	obs, err := sde.Simulate(context.Background(), s, sde.Run{Dt: 0.01, Steps: 1_000_000, Every: 10, Ensemble: 4, Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s)
	fmt.Printf("%d samples every %g, standard deviation %.1f\n", obs.Len(), obs.Dt, obs.Moments().Std()[0])
	// Output:
	// dX = F(X) dt + B dW, D = 1, B = 1.414·I
	// 400000 samples every 0.1, standard deviation 1.0
}

// A step that is too large for a steep drift is an error that says so.
func ExampleBlowUp() {
	steep := sde.SDE{Dim: 1, Drift: func(dst, x []float64) { dst[0] = -x[0] * x[0] * x[0] }}
	_, err := sde.Simulate(context.Background(), steep, sde.Run{Dt: 1, Steps: 100, Start: []float64{2}})
	fmt.Println(err)
	// Output:
	// sde: member 0 blew up at step 7 (t = 7): coordinate 1 is -Inf; try a Dt below 1, or set Bound to put such a member back to its start
}
