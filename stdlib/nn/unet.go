package nn

import (
	"fmt"
	"math"
	"sync"

	"scorebook/internal/rng"
)

// UNetOptions are the shape of a [UNet]. Length is required; the zero value of the rest is LD's network.
type UNetOptions struct {
	Length      int   // L, the number of positions along the ring: a multiple of 2^len(Multipliers)
	Channels    int   // C, the numbers at each position; 0 means 1
	Base        int   // width of the first level; 0 means 16
	Multipliers []int // widths of the levels in units of Base; nil means 1, 2, 4. The bottleneck has twice the last
	Kernel      int   // positions that a convolution sees, odd; 0 means 5

	// Seed draws the weights.
	Seed uint64
}

func (o UNetOptions) withDefaults() (UNetOptions, error) {
	if o.Channels == 0 {
		o.Channels = 1
	}
	if o.Base == 0 {
		o.Base = 16
	}
	if o.Multipliers == nil {
		o.Multipliers = []int{1, 2, 4}
	}
	if o.Kernel == 0 {
		o.Kernel = 5
	}
	levels := len(o.Multipliers)
	for _, m := range o.Multipliers {
		if m < 1 {
			return o, fmt.Errorf("nn: Multipliers are %v; every level needs a width of at least 1", o.Multipliers)
		}
	}
	switch {
	case levels == 0 || levels > 16:
		return o, fmt.Errorf("nn: %d levels; give one multiplier for each, such as 1, 2, 4", levels)
	case o.Channels < 0 || o.Base < 0:
		return o, fmt.Errorf("nn: Channels is %d and Base is %d; give positive numbers", o.Channels, o.Base)
	case o.Kernel < 1 || o.Kernel%2 == 0:
		return o, fmt.Errorf("nn: Kernel is %d; it is odd, so that it has a middle: try 5", o.Kernel)
	case o.Length < 1 || o.Length%(1<<levels) != 0 || o.Length>>levels < o.Kernel/2:
		return o, fmt.Errorf("nn: Length is %d; %d levels halve it each, so it is a multiple of %d, and at least %d for a kernel of %d: leave out levels, or take an MLP",
			o.Length, levels, 1<<levels, max(1, o.Kernel/2)<<levels, o.Kernel)
	}
	return o, nil
}

// UNet is the one-dimensional U-shaped network of LD V.B on a ring of L positions with C channels each, LD (58), (61).
// Input and output are L·C numbers, the channels of a position together. A block is two convolutions with circular
// padding, each with batch norm and swish, LD (62):
//
//	h = φ(BN(Conv_k(φ(BN(Conv_k x)))))
//
// On the way down every level's block is followed by a convolution that halves the length (kernel 2, stride 2); on the
// way up by doubling every position, joining the block of the same level on the way down, and a block. A convolution
// with kernel 1 makes the output. Training normalises with each minibatch's own mean and variance; evaluation with
// their running means, so that a point's value does not depend on what it is evaluated with.
type UNet struct {
	opt    UNetOptions
	plan   *plan
	params []float32 // convolutions and norms, as plan lays them out
	state  []float32 // running means and variances of the norms
	net    *filters  // views into params
	norms  []norm    // views into state

	merged []float32 // as params, with the running norms multiplied into the convolutions
	frozen *filters  // views into merged
	back   [][]float32
	flows  *sync.Pool // of *flow
}

// NewUNet returns a network with weights from Glorot's uniform distribution on ±√(6/(fan in + fan out)), zero biases,
// and norms that change nothing yet. An error says which option does not fit.
func NewUNet(o UNetOptions) (*UNet, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	u := allocateUNet(o)
	for i, f := range u.net.all() {
		draw := rng.New(o.Seed, "nn: filters", uint64(i))
		limit := math.Sqrt(6 / float64(f.Taps*(f.In+f.Out)))
		for k := range f.w {
			f.w[k] = float32(limit * (2*draw.Float64() - 1))
		}
		fill(f.gamma, 1)
	}
	for _, n := range u.norms {
		fill(n.variance, 1)
	}
	u.settle()
	return u, nil
}

func fill(dst []float32, v float32) {
	for i := range dst {
		dst[i] = v
	}
}

func allocateUNet(o UNetOptions) *UNet {
	u := &UNet{opt: o, plan: newPlan(o)}
	params, state := u.plan.sizes()
	u.params, u.merged, u.state = make([]float32, params), make([]float32, params), make([]float32, state)
	u.net, u.frozen, u.norms = u.plan.filters(u.params), u.plan.filters(u.merged), u.plan.norms(u.state)
	u.back = u.plan.backFilters()
	u.flows = &sync.Pool{New: func() any { return newFlow(u.plan, unetChunk) }}
	return u
}

// In returns L·C, the number of inputs.
func (u *UNet) In() int { return u.opt.Length * u.opt.Channels }

// Out returns L·C, the number of outputs.
func (u *UNet) Out() int { return u.In() }

// Params returns the number of trained parameters: weights, biases, and the norms' factors and shifts.
func (u *UNet) Params() int { return len(u.params) }

// Options returns the network's shape.
func (u *UNet) Options() UNetOptions { return u.opt }

// ScaleOutput multiplies f by the given factor, in the last convolution.
func (u *UNet) ScaleOutput(factor float64) {
	for _, p := range [][]float32{u.net.head.w, u.net.head.bias} {
		for i := range p {
			p[i] = float32(factor * float64(p[i]))
		}
	}
	u.settle()
}

// Copy returns an independent network with the same values.
func (u *UNet) Copy() Network {
	c := allocateUNet(u.opt)
	copy(c.params, u.params)
	copy(c.state, u.state)
	c.settle()
	return c
}

// String names the shape and the number of parameters.
func (u *UNet) String() string {
	return fmt.Sprintf("U-Net %d×%d, base %d × %v, kernel %d, swish, %d parameters",
		u.opt.Length, u.opt.Channels, u.opt.Base, u.opt.Multipliers, u.opt.Kernel, u.Params())
}

func (u *UNet) weights() []float32 { return u.params }

func (u *UNet) architecture() (kind string, sizes any) {
	o := u.opt
	o.Seed = 0
	return "unet", o
}

func (u *UNet) tensors() []tensor {
	var t []tensor
	for i, f := range u.net.all() {
		name := u.plan.names[i]
		t = append(t, tensor{name: name + ".weight", shape: []int{f.Taps, f.In, f.Out}, f32: f.w},
			tensor{name: name + ".bias", shape: []int{f.Out}, f32: f.bias})
		if i < len(u.norms) {
			n := u.norms[i]
			t = append(t, tensor{name: name + ".norm.weight", shape: []int{f.Out}, f32: f.gamma},
				tensor{name: name + ".norm.bias", shape: []int{f.Out}, f32: f.beta},
				tensor{name: name + ".norm.running_mean", shape: []int{f.Out}, f32: n.mean},
				tensor{name: name + ".norm.running_var", shape: []int{f.Out}, f32: n.variance})
		}
	}
	return t
}
