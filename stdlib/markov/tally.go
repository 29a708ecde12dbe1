package markov

import (
	"context"
	"math"
	"slices"

	"scorebook/internal/parallel"
)

const (
	piece   = 1 << 18 // labels that are gone through at a time
	columns = 256     // columns that are tallied at a time
)

// count counts the transitions that begin in the windows, other than those from or to a negative label. It sorts the
// destinations by source, in pieces of the labels whose places are counted first, then counts each source's. What is
// written at random is kept small, for the caches.
func count(labels []int32, cells, lag int, windows [][2]int) *Sparse {
	if cells <= math.MaxUint16 {
		return countAs[uint16](labels, cells, lag, windows)
	}
	return countAs[int32](labels, cells, lag, windows)
}

// countAs is count with labels kept as T, which holds those of all cells.
func countAs[T uint16 | int32](labels []int32, cells, lag int, windows [][2]int) *Sparse {
	pieces := cut(windows, max(piece, 4*cells))
	if most := math.MaxUint32 / max(piece, 4*cells); len(pieces) > most { // places would overflow
		first, rest := slices.Concat(pieces[:most]...), slices.Concat(pieces[most:]...)
		return countAs[T](labels, cells, lag, first).combined(1, countAs[T](labels, cells, lag, rest))
	}
	starts := make([][]uint32, len(pieces)) // transitions from each cell, then the place of the next one's destination
	each(len(pieces), func(p int) {
		from := make([]uint32, cells)
		for _, w := range pieces[p] {
			to := labels[w[0]+lag : w[1]+lag]
			for k, j := range labels[w[0]:w[1]] {
				if j|to[k] >= 0 {
					from[j]++
				}
			}
		}
		starts[p] = from
	})
	start := placed(starts, cells)
	dest := make([]T, start[cells])
	each(len(pieces), func(p int) {
		next := starts[p]
		for _, w := range pieces[p] {
			to := labels[w[0]+lag : w[1]+lag]
			for k, j := range labels[w[0]:w[1]] {
				if i := to[k]; j|i >= 0 {
					dest[next[j]] = T(i)
					next[j]++
				}
			}
		}
	})
	return tally(dest, start)
}

// each does n pieces on all cores.
func each(n int, work func(k int)) {
	if err := parallel.For(context.Background(), n, work); err != nil {
		panic(err) // the background has no end
	}
}

// cut deals the windows out to pieces of size transitions, but for the last.
func cut(windows [][2]int, size int) [][][2]int {
	var out [][][2]int
	room := 0
	for _, w := range windows {
		for a := w[0]; a < w[1]; {
			if room == 0 {
				out, room = append(out, nil), size
			}
			n := min(room, w[1]-a)
			last := len(out) - 1
			out[last] = append(out[last], [2]int{a, a + n})
			a, room = a+n, room-n
		}
	}
	return out
}

// placed turns the numbers of transitions by piece and source into the place at which each piece begins among the
// destinations, which are sorted by source, and returns where the sources begin.
func placed(starts [][]uint32, cells int) []int {
	start, at := make([]int, cells+1), uint32(0)
	for j := range cells {
		start[j] = int(at)
		for _, from := range starts {
			from[j], at = at, at+from[j]
		}
	}
	start[cells] = int(at)
	return start
}

// tally turns the destinations dest[start[j]:start[j+1]] of each column j into counts by row.
func tally[T uint16 | int32](dest []T, start []int) *Sparse {
	n := len(start) - 1
	parts := make([]*Sparse, (n+columns-1)/columns)
	each(len(parts), func(p int) {
		parts[p] = tallyColumns(dest, start[p*columns:min((p+1)*columns, n)+1], n)
	})
	out := &Sparse{Rows: n, Cols: n, Start: make([]int, 1, n+1)}
	size := 0
	for _, p := range parts {
		size += len(p.Row)
	}
	out.Row, out.Val = make([]int32, 0, size), make([]float64, 0, size)
	for _, p := range parts {
		at := len(out.Row)
		for _, s := range p.Start {
			out.Start = append(out.Start, at+s)
		}
		out.Row, out.Val = append(out.Row, p.Row...), append(out.Val, p.Val...)
	}
	return out
}

// tallyColumns counts the rows of consecutive columns; Start holds their ends.
func tallyColumns[T uint16 | int32](dest []T, start []int, rows int) *Sparse {
	out, seen := &Sparse{}, make([]int32, rows)
	var touched []T
	for j := range len(start) - 1 {
		touched = touched[:0]
		for _, i := range dest[start[j]:start[j+1]] {
			if seen[i] == 0 {
				touched = append(touched, i)
			}
			seen[i]++
		}
		slices.Sort(touched)
		for _, i := range touched {
			out.Row = append(out.Row, int32(i))
			out.Val = append(out.Val, float64(seen[i]))
			seen[i] = 0
		}
		out.Start = append(out.Start, len(out.Row))
	}
	return out
}
