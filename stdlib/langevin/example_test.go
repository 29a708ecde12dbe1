package langevin_test

import (
	"context"
	"fmt"

	"scorebook/stdlib/langevin"
	"scorebook/stdlib/markov"
	"scorebook/stdlib/mobility"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/systems"
)

// From data and a score to a reduced model, which is then driven by the noise that made the data.
func Example() {
	ctx, system := context.Background(), systems.AsymmetricPotential{}
	run := sde.Run{Dt: 1e-3, Steps: 500_000, Every: 25, Ensemble: 16, Seed: 1}
	data, _ := sde.Simulate(ctx, system.SDE(), run)
	z, _ := data.Normalize()
	s := score.Normalized(system.Score(), z.Scale)
	q, _ := markov.Estimate(ctx, z, markov.Options{Cells: 200})
	m, err := mobility.Estimate(ctx, z, q, s, mobility.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("Φ = %.1f\n", m.Physical().Phi.RawMatrix().Data)

	model, _ := langevin.New(s, m)
	run.Steps = 1000
	x, _ := sde.Simulate(ctx, model.Physical().SDE(), run)
	fmt.Printf("after one time unit x = %.1f, in the data %.1f\n", x.At(39), data.At(39))
	// Output:
	// Φ = [1.0 -0.8 0.8 1.0]
	// after one time unit x = [0.9 1.5], in the data [0.9 1.5]
}
