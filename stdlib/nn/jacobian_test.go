package nn

import (
	"math"
	"testing"
)

// Derivatives against central differences. Both are float32: differences over h err by about 2⁻²⁴/h.
func TestJacobiansAgreeWithFiniteDifferences(t *testing.T) {
	u := unet(t, smallUNets[1])
	stir(u, 1)
	deep := unet(t, smallUNets[0])
	stir(deep, 2)
	m := NewMLP(3, 3, 20, 10, 3)
	randomise(m, 4)
	for _, net := range []Network{m, NewMLP(5, 2, 30, 2), u, deep} {
		d := net.In()
		n := evalChunk + 2
		x := normals(n*d, 6)
		j, div := make([]float64, n*d*d), make([]float64, n)
		net.JacobianTo(j, x)
		net.DivergenceTo(div, x)
		const h = 1.0 / 128
		up, down := make([]float64, len(x)), make([]float64, len(x))
		worst := 0.0
		for i := range d {
			for _, side := range []struct {
				h   float64
				dst []float64
			}{{h, up}, {-h, down}} {
				moved := append([]float64(nil), x...)
				for k := i; k < len(x); k += d {
					moved[k] += side.h
				}
				net.EvalTo(side.dst, moved)
			}
			for k := range n {
				for o := range d {
					worst = max(worst, math.Abs(j[(k*d+o)*d+i]-(up[k*d+o]-down[k*d+o])/(2*h)))
				}
			}
		}
		if worst > 3e-3 {
			t.Errorf("%v: Jacobian and differences are %.2g apart", net, worst)
		}
		for k, got := range div {
			trace := 0.0
			for i := range d {
				trace += j[(k*d+i)*d+i]
			}
			if math.Abs(got-trace) > 1e-12*(1+math.Abs(trace)) {
				t.Fatalf("%v: divergence %v, trace %v", net, got, trace)
			}
		}
	}
}

func TestDerivativesDoNotAllocate(t *testing.T) {
	u := unet(t, smallUNets[1])
	for _, net := range []Network{NewMLP(3, 8, 20, 8), u} {
		x := normals(8*100, 7)
		j, div, y := make([]float64, 8*8*100), make([]float64, 100), make([]float64, 800)
		if n := testing.AllocsPerRun(20, func() {
			net.JacobianTo(j, x)
			net.DivergenceTo(div, x)
			net.EvalTo(y, x)
		}); n > 6 {
			t.Errorf("%v: %v allocations", net, n)
		}
	}
}
