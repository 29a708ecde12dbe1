package main

import (
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"text/tabwriter"
)

//go:embed peers/score.py
var scoreScript string

// part is something that benchScore measures.
type part struct {
	name string
	run  func(s *scoreBench) error
}

// parts are in the order in which they run. All do when none is named.
var parts = []part{
	{"training", func(s *scoreBench) error { return s.beside(scoreScript, trainingDuels) }},
	{"clustering", func(s *scoreBench) error { return s.beside(scoreScript, s.clusterDuels) }},
	{"wells", (*scoreBench).wells},
	{"fit", (*scoreBench).fitWhole},
}

// benchScore times training beside PyTorch, clustering beside scikit-learn, and Euler and Maruyama's scheme beside
// Numba, in turns; then a whole KGMM fit. The peers go into an environment below the user's cache folder the first time.
func benchScore(args []string) error {
	flags := flag.NewFlagSet("score", flag.ExitOnError)
	rounds := flags.Int("rounds", 5, "times each side is timed")
	python := flags.String("python", "", "a Python with torch, scikit-learn and numba; set up when empty")
	if err := flags.Parse(args); err != nil {
		return err
	}
	named := flags.Args()
	for _, name := range named {
		if !slices.ContainsFunc(parts, func(p part) bool { return p.name == name }) {
			return fmt.Errorf("there is no part %q; there are training, clustering, wells and fit", name)
		}
	}
	if *python == "" {
		var err error
		if *python, err = scorePeers(); err != nil {
			return err
		}
	}
	runtime.GOMAXPROCS(2)
	s := &scoreBench{rounds: *rounds, python: *python}
	for _, p := range parts {
		if len(named) == 0 || slices.Contains(named, p.name) {
			if err := p.run(s); err != nil {
				return err
			}
		}
	}
	return s.print()
}

// wells times the step of an ensemble, and the normal numbers in it.
func (s *scoreBench) wells() error {
	s.Normal = timeNormals(s.rounds)
	return s.beside(ringScript, wellDuels)
}

// scoreBench is what was measured.
type scoreBench struct {
	rounds   int
	python   string
	Duels    []duel    `json:"duels"`
	Clusters []cluster `json:"clusterings,omitempty"`
	Normal   float64   `json:"normal_ns,omitempty"` // of one number, on one core
	Fit      float64   `json:"kgmm_fit_s,omitempty"`
	Error    float64   `json:"kgmm_score_error,omitempty"` // π-weighted, relative
}

// beside runs the duels with one peer.
func (s *scoreBench) beside(script string, duels func(p *peer) []duel) error {
	p, err := startPeer(s.python, script)
	if err != nil {
		return err
	}
	defer p.stop()
	for _, d := range duels(p) {
		fmt.Fprintln(os.Stderr, "timing", d.What, "beside", d.Peer)
		if err := d.fight(s.rounds); err != nil {
			return err
		}
		s.Duels = append(s.Duels, d)
	}
	return nil
}

// print prints tables, then one line of JSON. It is an error when an aim is missed.
func (s *scoreBench) print() error {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "two threads each\tpeer\tpeer µs\tScorebook µs\tratio\taim")
	missed := 0
	for _, d := range s.Duels {
		fmt.Fprintf(table, "%s\t%s\t%.4g\t%.4g\t%.1f\t%.1f\n", d.What, d.Peer, d.Theirs/1e3, d.Ours/1e3, d.Ratio, d.Target)
		if d.Ratio < d.Target {
			missed++
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Println()
	for _, c := range s.Clusters {
		if c.Ours > 0 {
			fmt.Printf("%s: inertia %.5g, BisectingKMeans %.5g, ratio %.4f\n", c.What, c.Ours, c.Theirs, c.Ours/c.Theirs)
		}
	}
	if s.Normal > 0 {
		fmt.Printf("a standard normal number takes %.2f ns on one core (aim 4)\n", s.Normal)
	}
	if s.Fit > 0 {
		fmt.Printf("KGMM, 10⁵ × 2 samples, σ = 0.05, 725 cells, 100 epochs: %.2f s, π-weighted score error %.3f (aim 0.25)\n", s.Fit, s.Error)
	}
	line, err := json.Marshal(map[string]any{"bench": "score", "load": loadAverage(), "result": s})
	if err != nil {
		return err
	}
	fmt.Printf("medians; load average %s\n%s\n", loadAverage(), line)
	if missed > 0 || s.Normal > 4 || s.Error > 0.25 {
		return fmt.Errorf("%d of %d ratios are below their aim, a normal number takes %.2f ns, the score errs by %.3f", missed, len(s.Duels), s.Normal, s.Error)
	}
	return nil
}
