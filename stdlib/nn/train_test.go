package nn

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func train(t testing.TB, m Network, d Data, o TrainOptions) *History {
	t.Helper()
	h, err := Train(context.Background(), m, d, o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// sine is y = (sin 2x₁, x₁x₂).
func sine(n int, seed uint64) Data {
	d := Data{X: normals(2*n, seed), Y: make([]float64, 2*n)}
	for k := range n {
		x, y := d.X[2*k], d.X[2*k+1]
		d.Y[2*k], d.Y[2*k+1] = math.Sin(2*x), x*y
	}
	return d
}

func TestLearnsASmoothFunction(t *testing.T) {
	m := NewMLP(1, 2, 32, 32, 2)
	h := train(t, m, sine(500, 2), TrainOptions{Epochs: 200, Batch: 25, LearningRate: 3e-3, HeldOut: 0.2, Seed: 3})
	if len(h.Loss) != 200 || len(h.HeldOut) != 200 {
		t.Fatalf("%d and %d losses for 200 epochs", len(h.Loss), len(h.HeldOut))
	}
	if first, last := h.Loss[0], h.Loss[199]; last > 6e-3 || first < 0.3 {
		t.Errorf("loss went from %v to %v", first, last)
	}
	if last := h.HeldOut[199]; last > 0.1 {
		t.Errorf("held-out loss ended at %v, training loss at %v", last, h.Loss[199])
	}
}

// A linear network has one optimum: weighted least squares, here Σwy/Σw for constant inputs.
func TestWeightsDecideTheOptimum(t *testing.T) {
	d := Data{X: []float64{1, 1, 1}, Y: []float64{0, 1, 5}, Weights: []float64{1, 2, 5}}
	m := NewMLP(1, 1, 1)
	train(t, m, d, TrainOptions{Epochs: 3000, Batch: 3, LearningRate: 0.02})
	got := make([]float64, 1)
	m.EvalTo(got, []float64{1})
	if want := 27.0 / 8; math.Abs(got[0]-want) > 1e-4 {
		t.Errorf("fit %v, weighted mean %v", got[0], want)
	}
}

// The history's loss is the weighted mean square error: with a rate too small to move, that of the start.
func TestLossIsTheWeightedMeanSquareError(t *testing.T) {
	m := NewMLP(1, 2, 8, 2)
	d := sine(50, 2)
	d.Weights = make([]float64, 50)
	total := 0.0
	for k := range d.Weights {
		d.Weights[k] = float64(k)
		total += float64(k)
	}
	want := loss64(m.sizes, m.params64(), d, 1/(2*total))
	h := train(t, m, d, TrainOptions{Epochs: 1, Batch: 7, LearningRate: 1e-12, Schedule: Constant})
	if math.Abs(h.Loss[0]-want) > 1e-6*want {
		t.Errorf("loss %v, want %v", h.Loss[0], want)
	}
}

func TestTrainingIsReproducible(t *testing.T) {
	var params [3][]float32
	for i, seed := range []uint64{7, 7, 8} {
		previous := runtime.GOMAXPROCS(1 + i%2)
		m := NewMLP(1, 2, 16, 2)
		train(t, m, sine(200, 2), TrainOptions{Epochs: 5, Seed: seed})
		params[i] = m.params
		runtime.GOMAXPROCS(previous)
	}
	if !slices.Equal(params[0], params[1]) {
		t.Error("the same seed gives other bits")
	}
	if slices.Equal(params[0], params[2]) {
		t.Error("another seed gives the same network")
	}
}

func TestRateWarmsUpAndFalls(t *testing.T) {
	o := TrainOptions{LearningRate: 2}
	if start, middle, end := o.rate(0, 100), o.rate(50, 100), o.rate(100, 100); start != 2 || math.Abs(middle-1) > 1e-15 || end != 0 {
		t.Errorf("rates %v, %v, %v; want 2, 1, 0", start, middle, end)
	}
	o.Floor, o.WarmUp = 0.2, 10
	for step, want := range map[int]float64{0: 2.0 / 11, 9: 20.0 / 11, 10: 2, 60: 1.1, 110: 0.2} {
		if got := o.rate(step, 110); math.Abs(got-want) > 1e-15 {
			t.Errorf("step %d has rate %v, want %v", step, got, want)
		}
	}
	o.Schedule = Constant
	if got := o.rate(90, 110); got != 2 {
		t.Errorf("constant rate is %v", got)
	}
}

func TestBadTrainingIsExplained(t *testing.T) {
	ok := sine(20, 2)
	nan := sine(20, 2)
	nan.Y[7] = math.NaN()
	negative := sine(20, 2)
	negative.Weights = make([]float64, 20)
	zero := negative
	negative.Weights = append([]float64{-1}, make([]float64, 19)...)
	cases := []struct {
		name string
		d    Data
		o    TrainOptions
		want string
	}{
		{"NaN", nan, TrainOptions{}, "target 2 of sample 4 is NaN"},
		{"negative weight", negative, TrainOptions{}, "weight of sample 1 is -1"},
		{"zero weights", zero, TrainOptions{}, "all 20 weights are zero"},
		{"none", Data{}, TrainOptions{}, "no samples"},
		{"epochs", ok, TrainOptions{Epochs: -1}, "Epochs is -1"},
		{"held out", ok, TrainOptions{HeldOut: 0.99}, "leave none"},
		{"rate", ok, TrainOptions{LearningRate: 1e30}, "lower LearningRate"},
	}
	for _, c := range cases {
		_, err := Train(context.Background(), NewMLP(1, 2, 8, 2), c.d, c.o)
		if err == nil || !strings.HasPrefix(err.Error(), "nn: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v lacks %q", c.name, err, c.want)
		}
	}
}

func TestTrainingStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	epochs := 0
	_, err := Train(ctx, NewMLP(1, 2, 8, 2), sine(100, 2), TrainOptions{Epochs: 1 << 30, Progress: func(_ string, done, _ int) {
		epochs = done
		cancel()
	}})
	if !errors.Is(err, context.Canceled) || epochs == 0 {
		t.Errorf("after %d epochs: %v", epochs, err)
	}
}

func BenchmarkEpoch(b *testing.B) {
	m, d := NewMLP(1, 2, 128, 64, 2), sine(725, 2)
	o, _ := TrainOptions{Epochs: 1}.withDefaults()
	train, _ := d.split(m, 725, 0, 0)
	t := newTrainer(m, train, nil, o)
	b.ReportAllocs()
	for b.Loop() {
		t.history.Loss = t.history.Loss[:0]
		if err := t.epoch(context.Background(), 0); err != nil {
			b.Fatal(err)
		}
	}
}

// One step of Adam: KG's larger network, and LD's U-Net at 512 samples.
func BenchmarkStep(b *testing.B) {
	unet, err := NewUNet(UNetOptions{Length: 32})
	if err != nil {
		b.Fatal(err)
	}
	for name, c := range map[string]struct {
		net   Network
		batch int
	}{"MLP/64": {NewMLP(1, 16, 128, 64, 16), 64}, "MLP/1024": {NewMLP(1, 16, 128, 64, 16), 1024}, "UNet/512": {unet, 512}} {
		b.Run(name, func(b *testing.B) {
			o, _ := TrainOptions{Batch: c.batch}.withDefaults()
			d := Data{X: normals(c.batch*c.net.In(), 1), Y: normals(c.batch*c.net.Out(), 2)}
			train, _ := d.split(c.net, c.batch, 0, 0)
			t := newTrainer(c.net, train, nil, o)
			train.Begin(0)
			b.ReportAllocs()
			step := 0
			for b.Loop() {
				t.descend(0, c.batch, step, 1<<20)
				step++
			}
		})
	}
}
