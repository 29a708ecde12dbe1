package main

import (
	"context"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"text/tabwriter"
	"time"

	"scorebook/internal/rng"
	"scorebook/stdlib/nn"
	"scorebook/stdlib/partition"
	"scorebook/stdlib/trajectory"
)

//go:embed peers/score.py
var scoreScript string

// benchScore times training beside PyTorch, clustering beside scikit-learn, and Euler and Maruyama's scheme beside
// Numba, in turns; then a whole KGMM fit. The peers go into an environment below the user's cache folder the first time.
func benchScore(args []string) error {
	flags := flag.NewFlagSet("score", flag.ExitOnError)
	rounds := flags.Int("rounds", 5, "times each side is timed")
	large := flags.Bool("large", true, "cluster 10⁶ × 8 samples into 10⁴ cells, once, which takes scikit-learn minutes")
	python := flags.String("python", "", "a Python with torch, scikit-learn and numba; set up when empty")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *python == "" {
		var err error
		if *python, err = scorePeers(); err != nil {
			return err
		}
	}
	runtime.GOMAXPROCS(2)
	s := &scoreBench{rounds: *rounds}
	if err := s.beside(*python, scoreScript, trainingDuels); err != nil {
		return err
	}
	if err := s.beside(*python, scoreScript, func(p *peer) []duel { return s.clusterDuels(p, *large) }); err != nil {
		return err
	}
	if err := s.beside(*python, ringScript, wellDuels); err != nil {
		return err
	}
	s.Normal = timeNormals(*rounds)
	if err := s.fitWhole(); err != nil {
		return err
	}
	return s.print()
}

// scoreBench is what was measured.
type scoreBench struct {
	rounds   int
	Duels    []duel    `json:"duels"`
	Clusters []cluster `json:"clusterings"`
	Normal   float64   `json:"normal_ns"` // of one number, on one core
	Fit      float64   `json:"kgmm_fit_s"`
	Error    float64   `json:"kgmm_score_error"` // π-weighted, relative
}

// cluster is how well both sides did, not how fast.
type cluster struct {
	What   string  `json:"what"`
	Ours   float64 `json:"scorebook_inertia"`
	Theirs float64 `json:"peer_inertia"`
}

// beside runs the duels with one peer.
func (s *scoreBench) beside(python, script string, duels func(p *peer) []duel) error {
	p, err := startPeer(python, script)
	if err != nil {
		return err
	}
	defer p.stop()
	for _, d := range duels(p) {
		rounds := s.rounds
		if d.once {
			rounds = 1
		}
		fmt.Fprintln(os.Stderr, "timing", d.What, "beside", d.Peer)
		if err := d.fight(rounds); err != nil {
			return err
		}
		s.Duels = append(s.Duels, d)
	}
	return nil
}

func trainingDuels(p *peer) []duel {
	mlp := func(batch int, aim float64) duel {
		steps := max(10, 12_800/batch)
		return trainingDuel(p, fmt.Sprintf("Adam step, MLP 16-128-64-16, batch %d", batch), "mlp", nn.NewMLP(1, 16, 128, 64, 16), batch, steps, aim)
	}
	unet, err := nn.NewUNet(nn.UNetOptions{Length: 32})
	if err != nil {
		panic(err) // the paper's shape is fine
	}
	return []duel{mlp(64, 3), mlp(1024, 1.5), trainingDuel(p, "Adam step, U-Net of LD V.B, batch 512", "unet", unet, 512, 2, 1)}
}

// trainingDuel times an epoch of so many steps: also shuffling, and conversion from float64, which PyTorch is spared.
func trainingDuel(p *peer, what, kind string, net nn.Network, batch, steps int, aim float64) duel {
	x := make([]float64, batch*steps*net.In())
	draw := rng.New(1, "bench")
	draw.Normals(x)
	d := nn.Data{X: x, Y: x}
	return duel{What: what, Peer: "PyTorch", Target: aim,
		ours: func() (float64, error) {
			begin := time.Now()
			_, err := nn.Train(context.Background(), net, d, nn.TrainOptions{Epochs: 1, Batch: batch})
			return perStep(begin, steps), err
		},
		theirs: func() (float64, error) { return p.ask("%s %d %d", kind, batch, steps) },
	}
}

func (s *scoreBench) clusterDuels(p *peer, large bool) []duel {
	duels := []duel{s.clusterDuel(p, 100_000, 2, 725, sameRule), s.clusterDuel(p, 100_000, 2, 725, defaultRule)}
	if large {
		d := s.clusterDuel(p, 1_000_000, 8, 10_000, sameRule)
		d.once = true
		duels = append(duels, d)
	}
	return duels
}

// BisectingKMeans' rules for the next cluster to split: that with the most samples, as here, so that cells are about
// equally probable; or, without being asked, that with the largest inertia, which cuts the tails finer and ends lower.
const (
	sameRule    = "largest_cluster"
	defaultRule = "biggest_inertia"
)

// clusterDuel cuts the same samples, independent normal numbers, into as many cells on both sides.
func (s *scoreBench) clusterDuel(p *peer, n, dim, cells int, rule string) duel {
	what := fmt.Sprintf("%d × %d samples into %d cells, %s", n, dim, cells, rule)
	at := len(s.Clusters)
	s.Clusters = append(s.Clusters, cluster{What: what})
	x := make([]float64, n*dim)
	draw := rng.New(2, "bench")
	draw.Normals(x)
	t := &trajectory.Trajectory{Dim: dim, Dt: 1, X: x}
	return duel{What: what, Peer: "BisectingKMeans", Target: 3,
		ours: func() (float64, error) {
			took, inertia, err := timeCluster(t, cells)
			s.Clusters[at].Ours = inertia
			return took, err
		},
		theirs: func() (float64, error) {
			took, err := askCluster(p, x, dim, cells, rule)
			if err == nil {
				s.Clusters[at].Theirs, err = p.ask("inertia")
			}
			return took, err
		},
	}
}

// timeCluster builds the cells and labels the samples, and takes the inertia when the clock has stopped.
func timeCluster(t *trajectory.Trajectory, cells int) (took, inertia float64, err error) {
	ctx := context.Background()
	labels := make([]int32, t.Len())
	begin := time.Now()
	tree, err := partition.Build(ctx, t, partition.Options{Cells: cells})
	if err == nil {
		err = tree.LabelsTo(ctx, labels, t.X)
	}
	if err != nil {
		return 0, 0, err
	}
	took = perStep(begin, 1)
	m := partition.NewMoments(tree)
	err = m.Add(ctx, labels, t.X)
	return took, m.Inertia(), err
}

// askCluster hands the samples over in a file.
func askCluster(p *peer, x []float64, dim, cells int, rule string) (float64, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	raw, err := binary.Append(nil, binary.LittleEndian, x)
	if err != nil {
		return 0, err
	}
	file := filepath.Join(dir, "samples")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		return 0, err
	}
	return p.ask("cluster %s %d %d %s", file, dim, cells, rule)
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
	fmt.Printf("a standard normal number takes %.2f ns on one core (aim 4)\n", s.Normal)
	fmt.Printf("KGMM, 10⁵ × 2 samples, σ = 0.05, 725 cells, 100 epochs: %.2f s, π-weighted score error %.3f (aim 0.25)\n", s.Fit, s.Error)
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
