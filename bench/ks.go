package main

import (
	"context"
	_ "embed"
	"flag"
	"fmt"
	"runtime"
	"slices"
	"time"

	"scorebook/internal/simd"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/systems"
)

//go:embed peers/ks.py
var ringScript string

// duel is one thing that Scorebook and a peer both do, on one thread each.
type duel struct {
	What   string  `json:"what"`
	Peer   string  `json:"peer"`
	Ours   float64 `json:"scorebook_ns"` // medians over the rounds
	Theirs float64 `json:"peer_ns"`
	Ratio  float64 `json:"ratio"`  // median of the rounds': both sides of a round met the same load
	Target float64 `json:"target"` // the ratio aimed at; 0 for none

	once         bool                    // too long to be timed more often
	ours, theirs func() (float64, error) // nanoseconds of one step of one member
}

// benchRing times the Kuramoto–Sivashinsky solver beside the same scheme in numpy, and a step of Euler and Maruyama's
// scheme beside Numba's. The two sides take turns, so that neither gets the quieter half of the run.
func benchRing(args []string) error {
	flags := flag.NewFlagSet("ks", flag.ExitOnError)
	rounds := flags.Int("rounds", 7, "times each side is timed")
	python := flags.String("python", "", "a Python with numpy, Numba and PyTorch; one of its own without")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *python == "" {
		var err error
		if *python, err = scorePeers(); err != nil {
			return err
		}
	}
	p, err := startPeer(*python, ringScript)
	if err != nil {
		return err
	}
	defer p.stop()
	duels := append(ringDuels(p), wellDuels(p)...)
	for i := range duels {
		if err := duels[i].fight(*rounds); err != nil {
			return err
		}
	}
	sampling, err := benchSampling(*python, *rounds)
	if err != nil {
		return err
	}
	duels = append(duels, sampling...)
	fmt.Printf("a standard normal number takes %.2f ns\n\n", timeNormals(*rounds))
	return printDuels("ks", duels)
}

// fight takes the medians of some rounds, and of their ratios; an earlier round only warms both sides, unless one is all.
func (d *duel) fight(rounds int) error {
	var ours, theirs, ratios []float64
	first := -1
	if d.once {
		first, rounds = 0, 1
	}
	for round := first; round < rounds; round++ {
		a, err := d.ours()
		if err != nil {
			return err
		}
		b, err := d.theirs()
		if err != nil {
			return err
		}
		if round >= 0 {
			ours, theirs, ratios = append(ours, a), append(theirs, b), append(ratios, b/a)
		}
	}
	d.Ours, d.Theirs, d.Ratio = median(ours), median(theirs), median(ratios)
	return nil
}

func median(x []float64) float64 {
	slices.Sort(x)
	return (x[(len(x)-1)/2] + x[len(x)/2]) / 2
}

// ringDuels are the sizes of the solver: one ring, where numpy pays for each call, and many in one array.
func ringDuels(p *peer) []duel {
	var duels []duel
	for _, n := range []int{64, 128} {
		for _, members := range []int{1, 16, 64} {
			steps := 2000 * 64 / n / (3 + members)
			duels = append(duels, duel{
				What:   fmt.Sprintf("Kuramoto–Sivashinsky, N = %d, %d members", n, members),
				Peer:   "numpy",
				Target: 5,
				ours:   func() (float64, error) { return timeRing(n, members, 20*steps) },
				theirs: func() (float64, error) { return p.ask("ks %d %d %d", n, members, steps) },
			})
		}
	}
	return duels
}

func timeRing(n, members, steps int) (float64, error) {
	begin := time.Now()
	_, err := systems.KuramotoSivashinsky{Points: n}.Simulate(context.Background(),
		sde.Run{Dt: 0.1, Steps: steps + 1, Every: steps, Ensemble: members, Seed: 1, Workers: 1})
	return perStep(begin, steps*members), err
}

// wellDuels are 1024 double wells against Numba's loop, once with the generator its users have always called, and once with
// the faster one of numpy's Generator. Both sides have one thread and are timed by the processor time they use, which does
// not depend on what else the machine does.
func wellDuels(p *peer) []duel {
	const members, steps = 1024, 2500
	wells := func() (float64, error) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // an idle core looks for garbage, which counts as processor time
		begin := processorTime()
		_, err := sde.Simulate(context.Background(), systems.DoubleWell{}.SDE(),
			sde.Run{Dt: 1e-3, Steps: 4*steps + 1, Every: 4 * steps, Ensemble: members, Seed: 1, Workers: 1})
		return float64(processorTime()-begin) / float64(4*steps*members), err
	}
	const what = "Euler–Maruyama, 1024 double wells"
	numba := func(kind string) func() (float64, error) {
		return func() (float64, error) { return p.ask("%s %d", kind, steps) }
	}
	return []duel{
		{What: what, Peer: "Numba, np.random", Target: 4, ours: wells, theirs: numba("legacy")},
		{What: what, Peer: "Numba, Generator", Target: 4, ours: wells, theirs: numba("generator")},
	}
}

func timeNormals(rounds int) float64 {
	x := make([]float64, 4096)
	var times []float64
	for round := range rounds {
		begin := time.Now()
		for k := range 500 {
			simd.Normals(x, uint64(round), uint64(k*len(x)))
		}
		times = append(times, perStep(begin, 500*len(x)))
	}
	return median(times)
}

// perStep is the time since begin in nanoseconds, over a number of steps.
func perStep(begin time.Time, steps int) float64 {
	return float64(time.Since(begin).Nanoseconds()) / float64(steps)
}
