package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"scorebook/internal/rng"
	"scorebook/stdlib/partition"
	"scorebook/stdlib/trajectory"
)

// cluster is how well both sides did, not how fast.
type cluster struct {
	What   string  `json:"what"`
	Ours   float64 `json:"scorebook_inertia"`
	Theirs float64 `json:"peer_inertia"`
}

func (s *scoreBench) clusterDuels(p *peer) []duel {
	large := s.clusterDuel(p, 1_000_000, 8, 10_000, sameRule)
	large.once = true // it takes scikit-learn a minute
	return []duel{s.clusterDuel(p, 100_000, 2, 725, sameRule), s.clusterDuel(p, 100_000, 2, 725, defaultRule), large}
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
