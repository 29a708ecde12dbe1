package markov

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
)

// walk is a random walk on a ring of cells.
func walk(cells, samples int) []int32 {
	r := rand.New(rand.NewPCG(1, 1))
	labels := make([]int32, samples)
	for k := 1; k < samples; k++ {
		labels[k] = (labels[k-1] + int32(cells+r.IntN(21)-10)) % int32(cells)
	}
	return labels
}

func BenchmarkCount(b *testing.B) {
	const samples = 1_000_000
	for _, cells := range []int{725, 10_000} {
		labels := walk(cells, samples)
		b.Run(fmt.Sprint(cells), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(4 * samples)
			for b.Loop() {
				if _, err := Count(labels, cells, 1, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkLogarithm(b *testing.B) {
	q := estimate(b, potential(b, 8, 500_000, 25), Options{Cells: 725})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := q.logarithm(context.Background(), Logarithm); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDenseLogarithm(b *testing.B) {
	q := estimate(b, ornsteinUhlenbeck(b, 100_000, 0.1), Options{Cells: 200})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := q.Generator(CellLogarithm); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkApply(b *testing.B) {
	q := estimate(b, potential(b, 8, 500_000, 25), Options{Cells: 725})
	op := newKoopman(q.P, q.Pi)
	op.extend(q.inner, q.Pi)
	x, y := make([]float64, op.size()), make([]float64, op.size())
	x[0] = 1
	b.ReportAllocs()
	for b.Loop() {
		op.applyTo(y, x)
	}
}

func BenchmarkEstimate(b *testing.B) {
	s := potential(b, 8, 500_000, 25)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Estimate(context.Background(), s, Options{Cells: 725}); err != nil {
			b.Fatal(err)
		}
	}
}
