package main

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"scorebook/stdlib/markov"
)

// cost is what Ċ takes at a number of cells.
type cost struct {
	Cells   int     `json:"cells"`
	Rate    float64 `json:"rate_s"` // Ċ by the logarithm on a Krylov space, the least of the rounds: what else the machine does only adds
	Vectors int     `json:"vectors"`
	Stop    string  `json:"stop"`
	Memory  float64 `json:"peak_gib"` // most that the process held meanwhile
}

const (
	coordinates = 32
	dimensions  = 5 // of the lattice
)

// costsOfRate takes Ċ of 32 coordinates from chains of up to 10⁵ cells, known so well that noise ends no Krylov space.
func costsOfRate(rounds int) ([]cost, error) {
	var out []cost
	for _, side := range []int{3, 4, 5, 6, 8, 10} {
		debug.FreeOSMemory()
		forgetPeak()
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
		c.Rate, c.Memory = slices.Min(times), peakMemory()
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

// forgetPeak makes peakMemory begin anew, where the system lets it.
func forgetPeak() {
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // without it the peak is that of the process so far
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
