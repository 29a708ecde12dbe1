package nn

import (
	"math"
	"testing"

	"scorebook/internal/rng"
)

func normals(n int, seed uint64) []float64 {
	x := make([]float64, n)
	draw := rng.New(seed, "nn test")
	draw.Normals(x)
	return x
}

// oracle is the network once more, in float64 and one sample at a time, straight from its definition.
func oracle(sizes []int, params, x []float64) []float64 {
	for l := 1; l < len(sizes); l++ {
		in, out := sizes[l-1], sizes[l]
		w, b := params[:in*out], params[in*out:(in+1)*out]
		params = params[(in+1)*out:]
		y := make([]float64, out)
		for o := range y {
			y[o] = b[o]
			for i, v := range x {
				y[o] += v * w[i*out+o]
			}
			if l < len(sizes)-1 {
				y[o] /= 1 + math.Exp(-y[o])
			}
		}
		x = y
	}
	return x
}

func (m *MLP) params64() []float64 {
	p := make([]float64, len(m.params))
	for i, v := range m.params {
		p[i] = float64(v)
	}
	return p
}

// randomise gives the biases values too, so that their gradients are tested away from zero.
func randomise(m *MLP, seed uint64) {
	for i, v := range normals(len(m.params), seed) {
		m.params[i] += float32(0.3 * v)
	}
}

func TestForwardAgreesWithDefinition(t *testing.T) {
	for _, sizes := range [][]int{{1, 1}, {3, 2}, {2, 5, 3}, {2, 128, 64, 2}, {7, 33, 17, 9, 4}} {
		m := NewMLP(1, sizes...)
		randomise(m, 2)
		n := 2*evalChunk + 3
		x := normals(n*m.In(), 3)
		got, got32 := make([]float64, n*m.Out()), make([]float32, n*m.Out())
		x32 := make([]float32, len(x))
		for i, v := range x {
			x32[i] = float32(v)
		}
		m.EvalTo(got, x)
		m.Eval32To(got32, x32)
		for k := range n {
			want := oracle(sizes, m.params64(), x[k*m.In():(k+1)*m.In()])
			for i, v := range want {
				if math.Abs(got[k*m.Out()+i]-v) > 2e-5*(1+math.Abs(v)) {
					t.Fatalf("%v: f(x)[%d] = %v, want %v", sizes, i, got[k*m.Out()+i], v)
				}
				if float64(got32[k*m.Out()+i]) != got[k*m.Out()+i] {
					t.Fatalf("%v: float32 and float64 evaluation differ", sizes)
				}
			}
		}
	}
}

// loss64 is scale·Σ_b w_b |f(x_b) − y_b|².
func loss64(sizes []int, params []float64, d Data, scale float64) float64 {
	in, out := sizes[0], sizes[len(sizes)-1]
	sum := 0.0
	for k, w := range d.Weights {
		for i, v := range oracle(sizes, params, d.X[k*in:(k+1)*in]) {
			sum += w * (v - d.Y[k*out+i]) * (v - d.Y[k*out+i])
		}
	}
	return scale * sum
}

// gradientOf is the loss Σ_b w_b |f(x_b) − y_b|² of one minibatch, and its gradient.
func gradientOf(net Network, d Data) (loss float64, grad []float64) {
	n := len(d.X) / net.In()
	whole, _ := d.split(net, n, 0, 0)
	whole.(*selection).fixed = true
	whole.Begin(0)
	tp := net.newTape(n)
	loss, _, rows := tp.gradient(whole.Load, 0, n)
	grad = make([]float64, net.Params())
	for r := range rows {
		for i := range grad {
			grad[i] += float64(tp.rows()[r*len(grad)+i])
		}
	}
	return loss, grad
}

// Backpropagation in float32 against central differences of the float64 network.
func TestGradientAgreesWithFiniteDifferences(t *testing.T) {
	for _, sizes := range [][]int{{2, 3}, {2, 8, 3}, {3, 20, 12, 2}} {
		m := NewMLP(1, sizes...)
		randomise(m, 2)
		const n, scale = 300, 0.003
		d := Data{X: normals(n*m.In(), 3), Y: normals(n*m.Out(), 4), Weights: normals(n, 5)}
		for k := range d.Weights {
			d.Weights[k] = math.Abs(d.Weights[k])
		}
		loss, grad := gradientOf(m, d)
		params := m.params64()
		if want := loss64(sizes, params, d, 1); math.Abs(loss-want) > 1e-5*want {
			t.Errorf("%v: loss %v, want %v", sizes, loss, want)
		}
		const h = 1e-5
		for i, p := range params {
			params[i] = p + h
			up := loss64(sizes, params, d, scale)
			params[i] = p - h
			want := (up - loss64(sizes, params, d, scale)) / (2 * h)
			params[i] = p
			if got := scale * grad[i]; math.Abs(got-want) > 3e-5*(1+math.Abs(want)) {
				t.Errorf("%v: ∂loss/∂p[%d] = %v, finite differences give %v", sizes, i, got, want)
			}
		}
	}
}
