package main

import (
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"scorebook/stdlib/markov"
)

//go:embed peers/markov.py
var markovScript string

// benchMarkov times the counting of transitions beside deeptime's, and the rate of correlation Ċ(0⁺) against the number of
// cells, and draws both. deeptime goes into an environment below the user's cache folder the first time.
func benchMarkov(args []string) error {
	flags := flag.NewFlagSet("markov", flag.ExitOnError)
	rounds := flags.Int("rounds", 5, "times each side counts")
	labels := flags.Int("labels", 10_000_000, "labels to count")
	cells := flags.Int("cells", 10_000, "cells of the labels")
	python := flags.String("python", "", "a Python with deeptime; set up when empty")
	picture := flags.String("picture", filepath.Join("docs", "markov_cost.png"), "where the costs are drawn; nowhere when empty")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *python == "" {
		var err error
		if *python, err = environment("deeptime", "deeptime", "deeptime"); err != nil {
			return err
		}
	}
	count, err := duelOfCounts(*python, *labels, *cells, *rounds)
	if err != nil {
		return err
	}
	fmt.Printf("%d labels over %d cells: deeptime %.0f ms, Scorebook %.0f ms, %.1f times as fast (aim %.0f)\n\n",
		*labels, *cells, count.Theirs*float64(*labels)/1e6, count.Ours*float64(*labels)/1e6, count.Ratio, count.Target)
	costs, err := costsOfRate(min(*rounds, 3))
	if err != nil {
		return err
	}
	counts, err := costsOfCounting(*python, *labels, min(*rounds, 2))
	if err != nil {
		return err
	}
	if *picture != "" {
		if err := drawCosts(*picture, *labels, counts, costs); err != nil {
			return err
		}
	}
	return printMarkov(count, counts, costs)
}

// duelOfCounts counts one series of labels on both sides, from the same file.
func duelOfCounts(python string, n, cells, rounds int) (*duel, error) {
	labels := scatteredWalk(n, cells)
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "labels.int32")
	raw, err := binary.Append(nil, binary.LittleEndian, labels)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		return nil, err
	}
	p, err := startPeer(python, markovScript)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	d := &duel{
		What: fmt.Sprintf("%d labels over %d cells, ns a label", n, cells), Peer: "deeptime", Target: 5,
		ours: func() (float64, error) {
			begin := time.Now()
			_, err := markov.Count(labels, cells, 1, nil)
			return perStep(begin, n), err
		},
		theirs: func() (float64, error) { return p.ask("%d %s", cells, file) },
	}
	return d, d.fight(rounds)
}

// scatteredWalk is a random walk on a ring of cells that are numbered at random, as neighbours in a partition are.
func scatteredWalk(n, cells int) []int32 {
	r := rand.New(rand.NewPCG(1, 1))
	number, at := r.Perm(cells), 0
	labels := make([]int32, n)
	for k := range labels {
		at = (at + cells + r.IntN(21) - 10) % cells
		labels[k] = int32(number[at])
	}
	return labels
}

// printMarkov prints a table, then one line of JSON. It is an error when an aim is missed.
func printMarkov(count *duel, counts []*duel, costs []cost) error {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "cells\tĊ of %d coordinates s\tKrylov vectors\ts a vector\tstop\tpeak GiB\t\n", coordinates)
	for _, c := range costs {
		fmt.Fprintf(table, "%d\t%.3f\t%d\t%.5f\t%s\t%.2f\t\n", c.Cells, c.Rate, c.Vectors, c.Rate/float64(c.Vectors), c.Stop, c.Memory)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, slope := powerLaw(costs)
	fmt.Printf("\nthe time of Ċ grows as the cells to the power %.2f\n", slope)
	line, err := json.Marshal(map[string]any{"bench": "markov", "load": loadAverage(), "duels": append([]*duel{count}, counts...), "costs": costs, "slope": slope})
	if err != nil {
		return err
	}
	fmt.Printf("\nload average %s\n%s\n", loadAverage(), line)
	last := costs[len(costs)-1]
	if count.Ratio < count.Target || last.Rate > 30 || last.Memory > 4 {
		return fmt.Errorf("an aim is missed: counting %.0f times as fast, Ċ within 30 s and 4 GiB", count.Target)
	}
	return nil
}
