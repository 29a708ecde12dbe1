package markov_test

import (
	"context"
	"fmt"

	"scorebook/stdlib/markov"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/systems"
)

// The potential with rotation has −Ċ(0⁺) = [[1, −0.8], [0.8, 1]]. The exit-rate correction of LD (71) makes of it a
// diffusion of about three.
func ExampleEstimate() {
	data, err := sde.Simulate(context.Background(), systems.AsymmetricPotential{}.SDE(),
		sde.Run{Dt: 1e-3, Steps: 500_000, Every: 25, Ensemble: 16, Seed: 1, BurnIn: 5000})
	if err != nil {
		fmt.Println(err)
		return
	}
	q, err := markov.Estimate(context.Background(), data, markov.Options{Cells: 200})
	if err != nil {
		fmt.Println(err)
		return
	}
	c, _ := q.CorrelationRate()
	fmt.Printf("%v: %.1f\n", q.Method, c.RawMatrix().Data)
	c, _ = q.CorrelationRateBy(markov.MeanDiagonal)
	fmt.Printf("%v: diffusion %.0f\n", markov.MeanDiagonal, -c.At(0, 0))
	// Output:
	// logarithm: [-1.0 0.8 -0.8 -1.0]
	// mean diagonal: diffusion 3
}

// The lag is chosen where Φ stops depending on it; the bands come from resampling parts of the data.
func ExampleScanLags() {
	ctx := context.Background()
	x, _ := sde.Simulate(ctx, systems.DoubleWell{}.SDE(), sde.Run{Dt: 1e-3, Steps: 1_000_000, Every: 100, Ensemble: 16, Seed: 2, BurnIn: 5000})
	p, err := markov.ScanLags(ctx, x, markov.LagOptions{Options: markov.Options{Cells: 50}, Lags: []int{1, 2, 4, 8}})
	if err != nil {
		fmt.Println(err)
		return
	}
	low, high := p.Bands[p.Chosen][0].At(0, 0), p.Bands[p.Chosen][1].At(0, 0)
	fmt.Printf("lag %d: Φ = %.1f; the truth, 1, lies in the band: %t\n", p.Best.Lag, p.Phi[p.Chosen].At(0, 0), low < 1 && 1 < high)
	// Output:
	// lag 1: Φ = 1.0; the truth, 1, lies in the band: true
}
