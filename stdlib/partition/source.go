package partition

import (
	"context"
	"fmt"
	"math"

	"scorebook/stdlib/trajectory"
)

// Source is a series that is read piece by piece, such as a file larger than memory.
type Source interface {
	// Dim is D, the number of coordinates, and Len is N, the number of samples.
	Dim() int
	Len() int
	// Read writes the samples from first on to dst, sample-major, as many as it has room for. It is called from one
	// goroutine at a time.
	Read(dst []float64, first int) error
}

// SourceOf is a trajectory as a source.
func SourceOf(t *trajectory.Trajectory) Source { return held{t} }

type held struct{ t *trajectory.Trajectory }

func (h held) Dim() int { return h.t.Dim }
func (h held) Len() int { return h.t.Len() }
func (h held) Read(dst []float64, first int) error {
	copy(dst, h.t.X[first*h.t.Dim:])
	return nil
}

// readChunk is the number of samples that are read at once.
const readChunk = 1 << 16

// chunks reads a source from its beginning to its end, and calls f with the first sample of each chunk and its samples,
// which are f's until it returns. A sample that is not finite is an error that names it.
func chunks(ctx context.Context, s Source, f func(first int, x []float64) error) error {
	d, n := s.Dim(), s.Len()
	buffer := make([]float64, min(n, readChunk)*d)
	for first := 0; first < n; first += readChunk {
		if err := ctx.Err(); err != nil {
			return err
		}
		x := buffer[:min(readChunk, n-first)*d]
		if err := s.Read(x, first); err != nil {
			return fmt.Errorf("reading samples %d to %d of %d: %w", first, first+len(x)/d-1, n, err)
		}
		for i, v := range x {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("sample %d has x%s = %v: remove that sample", first+i/d, subscript(i%d+1), v)
			}
		}
		if err := f(first, x); err != nil {
			return err
		}
	}
	return nil
}

// subscript writes n in small digits.
func subscript(n int) string {
	text := []rune(fmt.Sprint(n))
	for i, c := range text {
		text[i] = '₀' + c - '0'
	}
	return string(text)
}

// checkShape refuses a source without samples or coordinates.
func checkShape(s Source) error {
	if s.Dim() < 1 {
		return fmt.Errorf("the dimension is %d; it must be at least 1", s.Dim())
	}
	if s.Len() < 1 {
		return fmt.Errorf("no samples")
	}
	return nil
}
