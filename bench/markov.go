package main

import (
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"scorebook/stdlib/markov"
)

//go:embed peers/markov.py
var markovScript string

// benchMarkov times the counting of transitions beside deeptime's, and the rate of correlation Ċ(0⁺) against the number of
// cells. deeptime goes into an environment below the user's cache folder the first time.
func benchMarkov(args []string) error {
	flags := flag.NewFlagSet("markov", flag.ExitOnError)
	rounds := flags.Int("rounds", 5, "times each side counts")
	labels := flags.Int("labels", 10_000_000, "labels to count")
	cells := flags.Int("cells", 10_000, "cells of the labels")
	python := flags.String("python", "", "a Python with deeptime; set up when empty")
	if err := flags.Parse(args); err != nil {
		return err
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
	return printMarkov(count, costs)
}

// duelOfCounts counts one series of labels on both sides, from the same file.
func duelOfCounts(python string, n, cells, rounds int) (*duel, error) {
	if python == "" {
		var err error
		if python, err = deeptime(); err != nil {
			return nil, err
		}
	}
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

// deeptime returns a Python that has deeptime, in an environment of its own.
func deeptime() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "scorebook", "deeptime")
	python := filepath.Join(dir, "bin", "python")
	if exec.Command(python, "-c", "import deeptime").Run() == nil {
		return python, nil
	}
	fmt.Println("setting up deeptime in", dir)
	for _, c := range [][]string{{"python3", "-m", "venv", dir}, {python, "-m", "pip", "install", "-q", "deeptime"}} {
		if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s: %w\n%s", strings.Join(c, " "), err, out)
		}
	}
	return python, nil
}

// cost is what Ċ takes at a number of cells.
type cost struct {
	Cells   int     `json:"cells"`
	Rate    float64 `json:"rate_s"` // Ċ by the logarithm on a Krylov space, the median
	Vectors int     `json:"vectors"`
	Stop    string  `json:"stop"`
	Memory  float64 `json:"peak_gib"` // of the process so far
}

const (
	coordinates = 32
	dimensions  = 5 // of the lattice
)

// costsOfRate takes Ċ of 32 coordinates from chains of up to 10⁵ cells, known so well that noise ends no Krylov space.
func costsOfRate(rounds int) ([]cost, error) {
	var out []cost
	for _, side := range []int{3, 4, 5, 6, 8, 10} {
		counts, centroids := lattice(side)
		c := cost{Cells: counts.Cells()}
		var times []float64
		for range rounds {
			begin := time.Now()
			q, err := markov.New(counts, centroids, 1, markov.CellLogarithm)
			if err != nil {
				return nil, err
			}
			if _, err := q.CorrelationRate(); err != nil {
				return nil, err
			}
			times = append(times, time.Since(begin).Seconds())
			c.Vectors, c.Stop = q.Krylov.Vectors, string(q.Krylov.Stop)
		}
		c.Rate, c.Memory = median(times), peakMemory()
		out = append(out, c)
	}
	return out, nil
}

// lattice is a walk on a five-dimensional torus, faster here than there and biased to one side, with 32 waves of random
// phases and wave numbers for coordinates.
func lattice(side int) (*markov.Counts, []float64) {
	cells := 1
	for range dimensions {
		cells *= side
	}
	r := rand.New(rand.NewPCG(2, uint64(side)))
	n := &markov.Sparse{Rows: cells, Cols: cells, Start: make([]int, 1, cells+1)}
	centroids := make([]float64, cells*coordinates)
	waves := make([]float64, coordinates*(dimensions+1))
	for k := range waves {
		waves[k] = float64(r.IntN(3)) - 1 + 0.2*r.Float64()
	}
	for j := range cells {
		to := map[int]float64{j: 1.2e9}
		angles := make([]float64, dimensions)
		for d, stride := 0, 1; d < dimensions; d, stride = d+1, stride*side {
			at := j / stride % side
			angles[d] = 2 * math.Pi * float64(at) / float64(side)
			pace := 2e7 * (2 + math.Sin(angles[d]))
			to[j+((at+1)%side-at)*stride] += 1.5 * pace
			to[j+((at+side-1)%side-at)*stride] += pace
		}
		for _, i := range slices.Sorted(maps.Keys(to)) {
			n.Row, n.Val = append(n.Row, int32(i)), append(n.Val, math.Round(to[i]))
		}
		n.Start = append(n.Start, len(n.Row))
		for a := range coordinates {
			w := waves[a*(dimensions+1) : (a+1)*(dimensions+1)]
			phase := w[dimensions]
			for d, angle := range angles {
				phase += math.Round(w[d]) * angle
			}
			centroids[j*coordinates+a] = math.Exp(math.Sin(phase))
		}
	}
	return &markov.Counts{Lag: 1, N: n}, centroids
}

// peakMemory is the most that the process has held, in GiB; 0 where the system does not tell.
func peakMemory() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for _, line := range strings.Split(string(status), "\n") {
		var kib float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kib); n == 1 {
			return kib / (1 << 20)
		}
	}
	return 0
}

// printMarkov prints a table, then one line of JSON. It is an error when an aim is missed.
func printMarkov(count *duel, costs []cost) error {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "cells\tĊ of %d coordinates s\tKrylov vectors\tstop\tpeak GiB\t\n", coordinates)
	for _, c := range costs {
		fmt.Fprintf(table, "%d\t%.3f\t%d\t%s\t%.2f\t\n", c.Cells, c.Rate, c.Vectors, c.Stop, c.Memory)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	line, err := json.Marshal(map[string]any{"bench": "markov", "load": loadAverage(), "duels": []*duel{count}, "costs": costs})
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
