package markov

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/numtest"
)

// dense is an operator given by its matrix.
type dense struct{ *mat.Dense }

func (d dense) size() int { n, _ := d.Dims(); return n }

func (d dense) applyTo(dst, x []float64) {
	mat.NewVecDense(len(dst), dst).MulVec(d.Dense, mat.NewVecDense(len(x), x))
}

func randomVectors(count, n int) [][]float64 {
	r := rand.New(rand.NewPCG(2, uint64(n)))
	out := make([][]float64, count)
	for i := range out {
		out[i] = make([]float64, n)
		for k := range out[i] {
			out[i][k] = r.NormFloat64()
		}
	}
	return out
}

// columns returns the first k vectors of the basis as the columns of a matrix.
func (k *krylov) columns(count int) *mat.Dense {
	v := mat.NewDense(k.op.size(), count, nil)
	for j := range count {
		v.SetCol(j, k.basis[j])
	}
	return v
}

func TestKrylovProjects(t *testing.T) {
	a := dense{randomGenerator(30, 3, 1)}
	x := randomVectors(3, 30)
	start := mat.NewDense(3, 30, nil)
	for i, v := range x {
		start.SetRow(i, v)
	}
	k := newKrylov(a, x, nil, 0)
	for range 4 {
		k.growBlock(context.Background())
	}
	if len(k.h) != 12 || len(k.basis) != 15 {
		t.Fatalf("%d vectors multiplied of %d", len(k.h), len(k.basis))
	}
	all, v := k.columns(15), k.columns(12)
	var gram, projected, back mat.Dense
	gram.Mul(all.T(), all)
	identity := mat.NewDense(15, 15, nil)
	for i := range 15 {
		identity.Set(i, i, 1)
	}
	numtest.Matrix(t, "VᵀV", &gram, identity, 1e-13)
	projected.Product(v.T(), a.Dense, v)
	numtest.Matrix(t, "VᵀAV", k.projected(), &projected, 1e-13)
	back.Mul(k.started(12), v.T())
	numtest.Matrix(t, "starting vectors", &back, start, 1e-13)
}

// TestKrylovLeavesOutDependentVectors: three starting vectors of which one is the sum of the others, in an operator whose
// space they exhaust.
func TestKrylovLeavesOutDependentVectors(t *testing.T) {
	a := dense{randomGenerator(7, 3, 1)}
	x := randomVectors(3, 7)
	for k := range x[2] {
		x[2][k] = x[0][k] + x[1][k]
	}
	start := mat.NewDense(3, 7, nil)
	for i, v := range x {
		start.SetRow(i, v)
	}
	k := newKrylov(a, x, nil, 0)
	for k.growBlock(context.Background()) {
	}
	if len(k.h) != 7 || len(k.basis) != 7 {
		t.Fatalf("%d vectors multiplied of %d in 7 dimensions", len(k.h), len(k.basis))
	}
	var back mat.Dense
	back.Mul(k.started(7), k.columns(7).T())
	numtest.Matrix(t, "starting vectors", &back, start, 1e-13)
}

// TestKrylovLeavesOutNoise: T = 0.9 on every function, known from so few transitions that the rest of T v is noise.
func TestKrylovLeavesOutNoise(t *testing.T) {
	const n = 200
	a := mat.NewDense(n, n, nil)
	r := rand.New(rand.NewPCG(1, 1))
	for i := range n {
		for j := range n {
			a.Set(i, j, 0.004*r.NormFloat64()*0.44) // noise of power n·0.004²·(1−0.9²) on each vector
		}
		a.Set(i, i, a.At(i, i)+0.9)
	}
	for _, c := range []struct {
		noise float64
		want  int
	}{{0, 2}, {n * 0.004 * 0.004, 1}} {
		k := newKrylov(dense{a}, randomVectors(1, n), nil, c.noise)
		k.growBlock(context.Background())
		if len(k.basis) != c.want {
			t.Errorf("noise %g: %d vectors, want %d", c.noise, len(k.basis), c.want)
		}
	}
}

// ending is a context that ends when it has been asked so many times.
type ending struct {
	context.Context
	left int
}

func (e *ending) Err() error {
	if e.left--; e.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestLogarithmEndsBetweenTwoVectors: an interrupt is heeded after each product, whenever it comes.
func TestLogarithmEndsBetweenTwoVectors(t *testing.T) {
	q := estimate(t, potential(t, 4, 200_000, 25), Options{Cells: 200})
	ctx := &ending{context.Background(), 1 << 30}
	if _, err := q.transition(Logarithm).logarithm(ctx); err != nil {
		t.Fatal(err)
	}
	asked := 1<<30 - ctx.left
	if asked < q.Krylov.Vectors {
		t.Errorf("asked %d times for %d vectors", asked, q.Krylov.Vectors)
	}
	for left := range asked {
		if _, err := q.transition(Logarithm).logarithm(&ending{context.Background(), left}); !errors.Is(err, context.Canceled) {
			t.Fatalf("an end after %d looks gives %v", left, err)
		}
	}
}
