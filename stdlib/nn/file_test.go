package nn

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func save(t *testing.T, net Network, notes map[string]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "net.safetensors")
	if err := Save(path, net, notes); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoadGivesTheSameBits(t *testing.T) {
	u := unet(t, smallUNets[0])
	stir(u, 1)
	m := NewMLP(2, 3, 17, 5, 2)
	for _, net := range []Network{m, u} {
		got, notes, err := Load(save(t, net, map[string]string{"sigma": "0.05"}))
		if err != nil {
			t.Fatal(err)
		}
		if got.String() != net.String() || notes["sigma"] != "0.05" {
			t.Errorf("read %v with %v, wrote %v", got, notes, net)
		}
		for i, want := range net.tensors() {
			if !slices.Equal(got.tensors()[i].f32, want.f32) {
				t.Errorf("%v: %s differs", net, want.name)
			}
		}
		x := normals(7*net.In(), 3)
		a, b := make([]float64, 7*net.Out()), make([]float64, 7*net.Out())
		net.EvalTo(a, x)
		got.EvalTo(b, x)
		if !slices.Equal(a, b) {
			t.Errorf("%v: evaluations differ", net)
		}
		c := net.Copy()
		net.ScaleOutput(2)
		c.EvalTo(b, x)
		if !slices.Equal(a, b) {
			t.Errorf("%v: a copy follows the original", net)
		}
	}
}

// The layout, read without our reader: header length, JSON, little-endian numbers.
func TestFileIsInSafetensorsLayout(t *testing.T) {
	m := NewMLP(2, 3, 4, 2)
	content, err := os.ReadFile(save(t, m, nil))
	if err != nil {
		t.Fatal(err)
	}
	size := binary.LittleEndian.Uint64(content)
	var header map[string]struct {
		Dtype        string
		Shape        []int
		Data_offsets []int
	}
	text := content[8 : 8+size]
	if err := json.Unmarshal(text, &header); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	w := header["layer0.weight"]
	if w.Dtype != "F32" || !slices.Equal(w.Shape, []int{3, 4}) || w.Data_offsets[1]-w.Data_offsets[0] != 48 || size%8 != 0 {
		t.Errorf("header %s", text)
	}
	if got := binary.LittleEndian.Uint32(content[8+int(size)+w.Data_offsets[0]:]); got != binary.LittleEndian.Uint32(mustEncode(t, m.layers[0].w[0])) {
		t.Error("the first weight is not where the header says")
	}
}

func mustEncode(t *testing.T, v float32) []byte {
	t.Helper()
	b, err := binary.Append(nil, binary.LittleEndian, v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Cut anywhere, with any byte of it changed: an error or the very same network, never a panic or another network.
func TestDamagedFilesAreErrors(t *testing.T) {
	net := NewMLP(1, 2, 3, 2)
	path := save(t, net, nil)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	try := func(what string, damaged []byte, mustFail bool) {
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		got, _, err := Load(path)
		switch {
		case err == nil && mustFail:
			t.Errorf("%s passes", what)
		case err == nil && !slices.Equal(got.weights(), net.weights()):
			t.Errorf("%s gives another network", what)
		case err != nil && !strings.HasPrefix(err.Error(), "nn: "):
			t.Errorf("%s: error %v", what, err)
		}
	}
	for n := range content {
		try("a cut file", content[:n], true)
		damaged := slices.Clone(content)
		damaged[n] ^= 0x15
		try("a changed file", damaged, n >= len(content)-4*net.Params())
	}
	try("text", []byte("not a network at all, but some text"), true)
	if _, _, err := Load(path + ".none"); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("a missing file: %v", err)
	}
	for _, sizes := range []string{"[2,1000000000000,2]", "[2]", "[]", "[2,0,2]", "[2,4,2]", "{}", "[1000000,1000000,2]"} {
		content, err := encode(net.tensors(), map[string]string{"network": "mlp", "sizes": sizes})
		if err != nil {
			t.Fatal(err)
		}
		try("layer sizes "+sizes, content, true)
	}
	for _, sizes := range []string{`{"Length":32}`, `{"Length":1099511627776}`, `{"Length":32,"Base":100000000}`, `[]`} {
		content, err := encode(net.tensors(), map[string]string{"network": "unet", "sizes": sizes})
		if err != nil {
			t.Fatal(err)
		}
		try("U-Net sizes "+sizes, content, true)
	}
}

func TestSavingFailsWhole(t *testing.T) {
	dir := t.TempDir()
	if err := Save(filepath.Join(dir, "missing", "net"), NewMLP(1, 1, 1), nil); err == nil || !strings.HasPrefix(err.Error(), "nn: saving") {
		t.Errorf("error %v", err)
	}
	path := save(t, NewMLP(1, 1, 1), nil)
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(left) > 0 {
		t.Errorf("%v is left beside the file", left)
	}
}

// A training that is cancelled after some epochs and taken up again ends with the bits of one that was not.
func TestResumedTrainingIsTheSame(t *testing.T) {
	for name, fresh := range map[string]func() Network{
		"MLP":   func() Network { return NewMLP(1, 16, 20, 16) },
		"U-Net": func() Network { return unet(t, UNetOptions{Length: 16, Base: 4, Multipliers: []int{1, 2}}) },
	} {
		for _, o := range []TrainOptions{{Patience: 5}, {Average: 0.9}} {
			t.Run(fmt.Sprintf("%s, patience %d, average %v", name, o.Patience, o.Average), func(t *testing.T) { resumes(t, fresh, o) })
		}
	}
}

func resumes(t *testing.T, fresh func() Network, o TrainOptions) {
	d := Data{X: normals(120*16, 2), Y: normals(120*16, 3)}
	o.Epochs, o.Batch, o.HeldOut, o.WarmUp, o.Seed = 7, 32, 0.2, 3, 4
	whole := fresh()
	want := train(t, whole, d, o)
	o.Checkpoint = filepath.Join(t.TempDir(), "state")
	ctx, cancel := context.WithCancel(context.Background())
	interrupted := o
	interrupted.Progress = func(string, int, int) { cancel() }
	if _, err := Train(ctx, fresh(), d, interrupted); err == nil {
		t.Fatal("not cancelled")
	}
	for _, when := range []string{"resumed", "finished before"} {
		net := fresh()
		got := train(t, net, d, o)
		if !slices.Equal(got.Loss, want.Loss) || !slices.Equal(got.HeldOut, want.HeldOut) || got.Best != want.Best || got.Stopped != want.Stopped {
			t.Errorf("%s: history %+v, want %+v", when, got, want)
		}
		for i, v := range whole.tensors() {
			if !slices.Equal(v.f32, net.tensors()[i].f32) {
				t.Errorf("%s: %s differs", when, v.name)
			}
		}
	}
	o.Epochs = 8
	if _, err := Train(context.Background(), fresh(), d, o); err == nil || !strings.Contains(err.Error(), "another training") {
		t.Errorf("another training's checkpoint: %v", err)
	}
	if err := os.WriteFile(o.Checkpoint, []byte("damaged, surely"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Train(context.Background(), fresh(), d, o); err == nil || !strings.Contains(err.Error(), "remove it") {
		t.Errorf("a damaged checkpoint: %v", err)
	}
}

// At a constant rate the steps of a short training are the first of a long one, so the mean over a training's second half is the
// mean of the networks of shorter ones.
func TestAverageIsTheMeanOfTheLastSteps(t *testing.T) {
	fresh := func() Network { return unet(t, UNetOptions{Length: 16, Base: 4, Multipliers: []int{1, 2}}) }
	d := Data{X: normals(40*16, 2), Y: normals(40*16, 3)}
	o := TrainOptions{Epochs: 8, Batch: 40, LearningRate: 0.01, Schedule: Constant, Seed: 4}
	mean := [][]float64{}
	for o.Epochs = 5; o.Epochs <= 8; o.Epochs++ {
		net := fresh()
		train(t, net, d, o)
		for i, v := range net.tensors() {
			if i == len(mean) {
				mean = append(mean, make([]float64, len(v.f32)))
			}
			for j, x := range v.f32 {
				mean[i][j] += float64(x) / 4
			}
		}
	}
	o.Epochs, o.Average = 8, 0.5
	net := fresh()
	train(t, net, d, o)
	for i, v := range net.tensors() {
		for j, x := range v.f32 {
			if math.Abs(float64(x)-mean[i][j]) > 1e-6*(1+math.Abs(mean[i][j])) {
				t.Fatalf("%s[%d] is %v, the mean of four networks %v", v.name, j, x, mean[i][j])
			}
		}
	}
	o.Patience = 1
	if _, err := Train(context.Background(), net, d, o); err == nil || !strings.Contains(err.Error(), "leave one out") {
		t.Errorf("with patience: %v", err)
	}
}

func TestPatienceKeepsTheBest(t *testing.T) {
	d := Data{X: normals(40, 5), Y: normals(40, 6)} // nothing to learn: the held-out loss rises
	m := NewMLP(1, 1, 64, 64, 1)
	o := TrainOptions{Epochs: 400, Batch: 8, LearningRate: 0.01, HeldOut: 0.4, Patience: 20, Seed: 7}
	h := train(t, m, d, o)
	if !h.Stopped || len(h.HeldOut) != h.Best+21 || h.HeldOut[h.Best] != slices.Min(h.HeldOut) {
		t.Fatalf("stopped %v after %d epochs, best %d", h.Stopped, len(h.HeldOut), h.Best)
	}
	_, held := d.split(m, 40, o.HeldOut, o.Seed)
	held.Begin(0)
	if got := heldOutLoss(m, held); got != h.HeldOut[h.Best] {
		t.Errorf("the network's held-out loss is %v, the lowest was %v", got, h.HeldOut[h.Best])
	}
	if _, err := Train(context.Background(), m, d, TrainOptions{Patience: 1}); err == nil || !strings.Contains(err.Error(), "HeldOut") {
		t.Errorf("patience without held-out samples: %v", err)
	}
}
