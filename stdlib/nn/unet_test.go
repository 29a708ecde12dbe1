package nn

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func unet(t testing.TB, o UNetOptions) *UNet {
	t.Helper()
	u, err := NewUNet(o)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// stir gives every parameter and running norm a value of its own.
func stir(u *UNet, seed uint64) {
	for i, v := range normals(len(u.params), seed) {
		u.params[i] += float32(0.1 * v)
	}
	for k, n := range u.norms {
		v := normals(2*len(n.mean), seed+uint64(k))
		for i := range n.mean {
			n.mean[i], n.variance[i] = float32(0.2*v[2*i]), float32(0.5+v[2*i+1]*v[2*i+1])
		}
	}
	u.settle()
}

// field is the values of one layer at all samples: field[sample][position][channel].
type field [][][]float64

func newField(n, length, channels int) field {
	f := make(field, n)
	for s := range f {
		f[s] = make([][]float64, length)
		for l := range f[s] {
			f[s][l] = make([]float64, channels)
		}
	}
	return f
}

// reference is the U-Net once more, in float64 and straight from its definition, with parameters in the order of the
// tensors. With batch set, norms use the samples' own mean and variance.
type reference struct {
	o     UNetOptions
	p     map[string][]float64
	batch bool
}

func (r reference) convolve(name string, x field, stride, shift int) field {
	w, b := r.p[name+".weight"], r.p[name+".bias"]
	in, out, length := len(x[0][0]), len(b), len(x[0])
	taps := len(w) / (in * out)
	y := newField(len(x), length/stride, out)
	for s := range y {
		for l := range y[s] {
			for o := range out {
				y[s][l][o] = b[o]
				for t := range taps {
					at := (l*stride + t - shift + length) % length
					for i := range in {
						y[s][l][o] += x[s][at][i] * w[(t*in+i)*out+o]
					}
				}
			}
		}
	}
	return y
}

func (r reference) normSwish(name string, x field) field {
	y := newField(len(x), len(x[0]), len(x[0][0]))
	for c := range x[0][0] {
		mean, variance := r.p[name+".norm.running_mean"][c], r.p[name+".norm.running_var"][c]
		if r.batch {
			sum, sqr, n := 0.0, 0.0, float64(len(x)*len(x[0]))
			for s := range x {
				for l := range x[s] {
					sum += x[s][l][c]
					sqr += x[s][l][c] * x[s][l][c]
				}
			}
			mean, variance = sum/n, sqr/n-sum*sum/(n*n)
		}
		for s := range x {
			for l := range x[s] {
				z := r.p[name+".norm.weight"][c]*(x[s][l][c]-mean)/math.Sqrt(variance+1e-5) + r.p[name+".norm.bias"][c]
				y[s][l][c] = z / (1 + math.Exp(-z))
			}
		}
	}
	return y
}

func (r reference) block(name string, x field) field {
	for _, half := range []string{".0", ".1"} {
		x = r.normSwish(name+half, r.convolve(name+half, x, 1, r.o.Kernel/2))
	}
	return x
}

func (r reference) forward(x field) field {
	var skips []field
	levels := []string{"0", "1", "2", "3"}[:len(r.o.Multipliers)]
	for _, i := range levels {
		x = r.block("down"+i, x)
		skips = append(skips, x)
		x = r.convolve("halve"+i, x, 2, 0)
	}
	x = r.block("bottom", x)
	for k := len(levels) - 1; k >= 0; k-- {
		joined := newField(len(x), 2*len(x[0]), 0)
		for s := range joined {
			for l := range joined[s] {
				joined[s][l] = slices.Concat(x[s][l/2], skips[k][s][l])
			}
		}
		x = r.block("up"+levels[k], joined)
	}
	return r.convolve("head", x, 1, 0)
}

func referenceOf(u *UNet, batch bool) reference {
	r := reference{o: u.opt, p: map[string][]float64{}, batch: batch}
	for _, t := range u.tensors() {
		r.p[t.name] = make([]float64, len(t.f32))
		widen(r.p[t.name], t.f32)
	}
	return r
}

func fieldOf(x []float64, o UNetOptions) field {
	f := newField(len(x)/(o.Length*o.Channels), o.Length, o.Channels)
	for s := range f {
		for l := range f[s] {
			copy(f[s][l], x[(s*o.Length+l)*o.Channels:])
		}
	}
	return f
}

func flat(f field) []float64 {
	var x []float64
	for _, sample := range f {
		x = append(x, slices.Concat(sample...)...)
	}
	return x
}

// The count of LD V.B: encoder 16, 32, 64, bottleneck 128.
func TestUNetHasThePapersParameters(t *testing.T) {
	u := unet(t, UNetOptions{Length: 32})
	if u.Params() != 283_153 {
		t.Errorf("%d parameters, want 283 153", u.Params())
	}
	for i, f := range u.net.all() {
		limit, sum := math.Sqrt(6/float64(f.Taps*(f.In+f.Out))), 0.0
		for _, v := range f.w {
			sum += float64(v) * float64(v)
		}
		n := float64(len(f.w))
		if got := 3 * sum / n / (limit * limit); math.Abs(got-1) > 5*math.Sqrt(0.8/n) {
			t.Errorf("%s: variance of the weights is %.3f of Glorot's", u.plan.names[i], got)
		}
	}
}

var smallUNets = []UNetOptions{
	{Length: 16, Base: 3, Multipliers: []int{1, 2}, Kernel: 5, Channels: 2},
	{Length: 8, Base: 4, Multipliers: []int{2}, Kernel: 3, Channels: 1},
	{Length: 32, Base: 2, Multipliers: []int{1, 2, 4}, Kernel: 5, Channels: 1},
}

func TestUNetAgreesWithDefinition(t *testing.T) {
	for _, o := range smallUNets {
		u := unet(t, o)
		stir(u, 2)
		x := normals((unetChunk+3)*u.In(), 3)
		got := make([]float64, len(x))
		u.EvalTo(got, x)
		for i, want := range flat(referenceOf(u, false).forward(fieldOf(x, u.opt))) {
			if math.Abs(got[i]-want) > 1e-4*(1+math.Abs(want)) {
				t.Fatalf("%v: f(x)[%d] = %v, want %v", u, i, got[i], want)
			}
		}
		got32, x32 := make([]float32, len(x)), make([]float32, len(x))
		narrow(x32, x)
		u.Eval32To(got32, x32)
		for i, v := range got32 {
			if float64(v) != got[i] {
				t.Fatalf("%v: float32 and float64 evaluation differ", u)
			}
		}
	}
}

// Backpropagation in float32, through the norms of the minibatch, against central differences of the float64 network.
func TestUNetGradientAgreesWithFiniteDifferences(t *testing.T) {
	for _, o := range smallUNets {
		u := unet(t, o)
		stir(u, 4)
		n := 2*leastShard + 5 // two shards
		d := Data{X: normals(n*u.In(), 5), Y: normals(n*u.Out(), 6), Weights: make([]float64, n)}
		for k := range d.Weights {
			d.Weights[k] = 0.5 + float64(k%3)
		}
		r := referenceOf(u, true)
		x := fieldOf(d.X, u.opt)
		loss := func() float64 {
			sum := 0.0
			for i, v := range flat(r.forward(x)) {
				sum += d.Weights[i/u.Out()] * (v - d.Y[i]) * (v - d.Y[i])
			}
			return sum
		}
		got, grad := gradientOf(u, d)
		if want := loss(); math.Abs(got-want) > 1e-5*want {
			t.Errorf("%v: loss %v, want %v", u, got, want)
		}
		u.compareGradient(t, r, grad, loss)
	}
}

// compareGradient differentiates by some parameters of every tensor.
func (u *UNet) compareGradient(t *testing.T, r reference, grad []float64, loss func() float64) {
	t.Helper()
	copy(u.merged, u.params) // any vector of the right length: its views are the gradient's
	at := u.plan.filters(u.merged)
	narrow(u.merged, grad)
	const h = 1e-4
	for i, f := range at.all() {
		for part, view := range map[string][]float32{".weight": f.w, ".bias": f.bias, ".norm.weight": f.gamma, ".norm.bias": f.beta} {
			p := r.p[u.plan.names[i]+part]
			for k := 0; k < len(view); k += 1 + len(view)/4 {
				was := p[k]
				p[k] = was + h
				up := loss()
				p[k] = was - h
				want := (up - loss()) / (2 * h)
				p[k] = was
				if e := math.Abs(float64(view[k]) - want); e > 2e-3*(1+math.Abs(want)) {
					t.Errorf("%v: ∂loss/∂%s%s[%d] = %v, finite differences give %v", u, u.plan.names[i], part, k, view[k], want)
				}
			}
		}
	}
}

// After a minibatch the running means have gone a tenth of the way to its own.
func TestRunningNormsFollowTheMinibatch(t *testing.T) {
	u := unet(t, smallUNets[0])
	d := Data{X: normals(64*u.In(), 7), Y: make([]float64, 64*u.In())}
	gradientOf(u, d)
	r := referenceOf(u, true)
	y := r.convolve("down0.0", fieldOf(d.X, u.opt), 1, u.opt.Kernel/2)
	for c := range u.norms[0].mean {
		sum, sqr, n := 0.0, 0.0, float64(len(y)*len(y[0]))
		for s := range y {
			for l := range y[s] {
				sum += y[s][l][c]
				sqr += y[s][l][c] * y[s][l][c]
			}
		}
		mean, variance := 0.1*sum/n, 0.9+0.1*(sqr-sum*sum/n)/(n-1)
		if math.Abs(float64(u.norms[0].mean[c])-mean) > 1e-6 || math.Abs(float64(u.norms[0].variance[c])-variance) > 1e-5 {
			t.Errorf("running norm %v, %v; want %v, %v", u.norms[0].mean[c], u.norms[0].variance[c], mean, variance)
		}
	}
}

func TestUNetTrainingSameBitsOnOneCoreAndMore(t *testing.T) {
	var params [2][]float32
	d := Data{X: normals(150*16, 8), Y: normals(150*16, 9)}
	for i, cores := range []int{1, 5} {
		previous := runtime.GOMAXPROCS(cores)
		u := unet(t, UNetOptions{Length: 16, Base: 8, Multipliers: []int{1, 2}})
		train(t, u, d, TrainOptions{Epochs: 3, Batch: 70, HeldOut: 0.2})
		params[i] = slices.Concat(u.params, u.state)
		runtime.GOMAXPROCS(previous)
	}
	if !slices.Equal(params[0], params[1]) {
		t.Error("the number of cores changes the bits")
	}
}

// A periodic shift commutes with the network up to the halvings: shifts by 2^levels do.
func TestUNetIsEquivariantAndLearns(t *testing.T) {
	u := unet(t, UNetOptions{Length: 16, Base: 8, Multipliers: []int{1, 2}})
	const n = 400
	d := Data{X: normals(n*16, 10), Y: make([]float64, n*16)}
	for s := range n {
		for l := range 16 {
			d.Y[s*16+l] = d.X[s*16+(l+1)%16] - d.X[s*16+(l+15)%16] + 0.5*d.X[s*16+l]*d.X[s*16+l]
		}
	}
	h := train(t, u, d, TrainOptions{Epochs: 60, Batch: 50, LearningRate: 5e-3, HeldOut: 0.25, WarmUp: 20, Floor: 1e-4})
	if first, last := h.Loss[0], h.HeldOut[59]; last > 0.15 || first < 1 {
		t.Errorf("loss went from %.3f to %.3f held out", first, last)
	}
	x := normals(16, 11)
	shifted := append(slices.Clone(x[4:]), x[:4]...)
	y, z := make([]float64, 16), make([]float64, 16)
	u.EvalTo(y, x)
	u.EvalTo(z, shifted)
	for l := range z {
		if z[l] != y[(l+4)%16] {
			t.Fatalf("shifted by 4, f changes from %v to %v at %d", y[(l+4)%16], z[l], l)
		}
	}
}

func TestUNetShapesAreExplained(t *testing.T) {
	for want, o := range map[string]UNetOptions{
		"multiple of 8": {Length: 20}, "Length is 0": {}, "Kernel is 4": {Length: 32, Kernel: 4}, "at least 16": {Length: 8},
		"Base is -1": {Length: 32, Base: -1}, "Multipliers are": {Length: 32, Multipliers: []int{0}},
	} {
		if _, err := NewUNet(o); err == nil || !strings.HasPrefix(err.Error(), "nn: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: error %v lacks %q", o, err, want)
		}
	}
}

func BenchmarkUNetEval(b *testing.B) {
	u := unet(b, UNetOptions{Length: 32})
	x, dst := normals(32*32, 2), make([]float64, 32*32)
	b.ReportAllocs()
	for b.Loop() {
		u.EvalTo(dst, x)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/32, "ns/point")
}
