package main

import (
	"context"
	"math"
	"time"

	"scorebook/stdlib/langevin"
	"scorebook/stdlib/mobility"
	"scorebook/stdlib/nn"
	"scorebook/stdlib/sde"
)

// benchSampling times a step of 32 members of the reduced model with LD's U-Net, on two cores, beside PyTorch.
func benchSampling(python string, rounds int) ([]duel, error) {
	p, err := startPeer(python, scoreScript)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	const members, steps = 32, 200
	d := duel{
		What:   "sampling step of 32 members, U-Net of LD, two threads",
		Peer:   "PyTorch",
		Target: 2,
		ours:   func() (float64, error) { return timeSampling(members, steps) },
		theirs: func() (float64, error) { return p.ask("sample %d %d", members, steps) },
	}
	err = d.fight(rounds)
	return []duel{d}, err
}

func timeSampling(members, steps int) (float64, error) {
	net, err := nn.NewUNet(nn.UNetOptions{Length: 32, Seed: 1})
	if err != nil {
		return math.NaN(), err
	}
	model, err := langevin.New(&nn.Denoiser{Net: net, Sigma: 0.1}, mobility.Unit(32, nil))
	if err != nil {
		return math.NaN(), err
	}
	begin := time.Now()
	_, err = sde.Simulate(context.Background(), model.SDE(),
		sde.Run{Dt: 1e-5, Steps: steps + 1, Every: steps, Ensemble: members, Seed: 1, Workers: 2})
	return perStep(begin, steps*members), err
}
