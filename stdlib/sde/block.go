package sde

import (
	"math"

	"scorebook/internal/rng"
	"scorebook/internal/simd"
)

// block is the range of members that a worker advances together, with buffers that serve one range after another.
type block struct {
	*ensemble
	first, members int
	stepper        stepper
	x              []float64 // states, sample-major
	keys           []uint64  // of each member's noise
	z              []float64 // ζ of the next `ahead` steps: member-major, stride values apart, or step by step
	stride         int
	stepwise       bool   // whether z is step by step, as suits one source and many members
	ahead, used    int    // steps drawn, and steps of them already taken
	drawn          uint64 // values of ζ that each member has had in all
	resets         int
}

const (
	// noiseValues is how many values of ζ a block draws at a time: they fit the second-level cache.
	noiseValues = 1 << 14
	// noiseGrain is the number of steps that a draw is a multiple of, which suits the generator of normal numbers.
	noiseGrain = 16
	// noiseGap keeps members a cache line off a power of two, which would put them all into the same cache sets.
	noiseGap = 8
	// stepwiseMembers is how many streams of noise the generator takes side by side.
	stepwiseMembers = 8
)

func newBlock(e *ensemble) *block {
	n, d, c := e.size, e.sde.Dim, e.sources
	b := &block{ensemble: e, x: make([]float64, n*d)}
	b.stepper = schemes[e.run.Scheme].make(equation{d, e.drift, e.sde.Noise, e.run.Dt}, n)
	if c > 0 {
		steps := max(1, min(noiseValues/(n*c), max(e.run.BurnIn, e.run.last())))
		b.ahead = (steps + noiseGrain - 1) / noiseGrain * noiseGrain
		b.stride = b.ahead*c + noiseGap
		b.stepwise = c == 1 && n >= stepwiseMembers && e.inner == nil
		b.z = make([]float64, n*b.stride)
		b.keys = make([]uint64, n)
	}
	return b
}

// take makes the block the members from first up to end.
func (b *block) take(first, end int) {
	n, d := end-first, b.sde.Dim
	b.first, b.members = first, n
	b.x = b.x[:n*d]
	b.stepper.start(n)
	for m := range n {
		b.start(m)
	}
}

// state is the state of the block's member m.
func (b *block) state(m int) []float64 { return b.x[m*b.sde.Dim : (m+1)*b.sde.Dim] }

// start puts member m at its initial state.
func (b *block) start(m int) {
	x := b.state(m)
	clear(x)
	copy(x, b.run.start(b.first+m, b.sde.Dim))
}

// integrate advances the block through its burn-in and its samples, or until the ensemble's limit.
func (b *block) integrate() {
	if b.run.BurnIn > 0 {
		b.draw("sde burn-in")
		if !b.advance(-b.run.BurnIn, 0) {
			return
		}
	}
	b.draw("sde")
	b.sample(0)
	for k := 1; k < b.run.samples(); k++ {
		if !b.advance((k-1)*b.run.Every, k*b.run.Every) {
			return
		}
		b.sample(k)
	}
}

// draw puts the members at the beginning of their noise for a use.
func (b *block) draw(use string) {
	if b.sources == 0 {
		return
	}
	for m := range b.members {
		stream := rng.New(b.run.Seed, use, uint64(b.first+m))
		b.keys[m] = stream.Uint64()
	}
	b.used, b.drawn = b.ahead, 0
}

// sample stores the states as sample k of the members.
func (b *block) sample(k int) {
	d := b.sde.Dim
	for m := range b.members {
		copy(b.samples[((b.first+m)*b.run.samples()+k)*d:], b.state(m))
	}
}

// advance takes the steps from `from` up to `to`, counted from the end of the burn-in. It is false when the limit or a
// blow-up ended it before.
func (b *block) advance(from, to int) bool {
	n := from
	defer func() { b.steps.Add(int64((n - from) * b.members)) }()
	for ; n < to; n++ {
		if int64(n) >= b.limit.Load() {
			return false
		}
		if m := b.step(); m < b.members {
			b.fail(b.blowUp(m, n+1))
			return false
		}
	}
	return true
}

// refill draws the noise of the next steps.
func (b *block) refill() {
	per := b.ahead * b.sources
	b.used = 0
	defer func() { b.drawn += uint64(per) }()
	if b.stepwise {
		simd.NormalRows(b.z[:per*b.members], b.keys[:b.members], b.drawn)
		return
	}
	for m := range b.members {
		simd.Normals(b.z[m*b.stride:m*b.stride+per], b.keys[m], b.drawn)
	}
}

// step advances every member by one step. It returns the first member that is not finite afterwards, or their number.
func (b *block) step() int {
	var z draws
	if b.sources > 0 {
		if b.used == b.ahead {
			b.refill()
		}
		z = b.draws()
		b.used++
	}
	b.stepper.step(b.x, z)
	if b.run.Bound > 0 {
		b.confine()
	}
	if simd.Finite(b.x) {
		return b.members
	}
	return b.firstNotFinite()
}

// draws are those of the next step.
func (b *block) draws() draws {
	if b.stepwise {
		return draws{b.z[b.used*b.members : (b.used+1)*b.members], 1}
	}
	return draws{b.z[b.used*b.sources:], b.stride}
}

// firstNotFinite is the first member with a value that is NaN or infinite, or their number.
func (b *block) firstNotFinite() int {
	for i, v := range b.x {
		if v-v != 0 {
			return i / b.sde.Dim
		}
	}
	return b.members
}

// confine puts the members that have left the bound back to their start.
func (b *block) confine() {
	for m := range b.members {
		if b.outside(b.state(m)) {
			b.start(m)
			b.resets++
		}
	}
}

// outside tells whether a state has left the bound. A NaN has not: it is a blow-up.
func (b *block) outside(x []float64) bool {
	for _, v := range x {
		if math.Abs(v) > b.run.Bound {
			return true
		}
	}
	return false
}

func (b *block) blowUp(m, step int) *BlowUp {
	e := &BlowUp{Member: b.first + m, Step: step, Time: float64(step) * b.run.Dt, Dt: b.run.Dt}
	for i, v := range b.state(m) {
		if v-v != 0 {
			e.Coordinate, e.Value = i, v
			break
		}
	}
	return e
}
