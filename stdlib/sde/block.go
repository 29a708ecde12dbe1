package sde

import (
	"math"

	"scorebook/internal/rng"
)

// block is the range of members that a worker advances together, with buffers that serve one range after another.
type block struct {
	*ensemble
	first, members int
	x, f           []float64    // states and drifts, sample-major
	noise          []rng.Stream // of each member
	z              []float64    // ζ of the next `ahead` steps, member-major
	ahead, used    int          // steps drawn, and steps of them already taken
	resets         int
}

// noiseValues is how many values of ζ a block draws at a time: they fit the first-level cache.
const noiseValues = 2048

func newBlock(e *ensemble) *block {
	n, d, c := e.size, e.sde.Dim, e.scheme.components
	b := &block{ensemble: e, x: make([]float64, n*d), f: make([]float64, n*d)}
	if c > 0 {
		b.ahead = max(1, min(noiseValues/(n*c), e.run.BurnIn+e.run.last()))
		b.z = make([]float64, n*c*b.ahead)
		b.noise = make([]rng.Stream, n)
	}
	return b
}

// take makes the block the members from first up to end.
func (b *block) take(first, end int) {
	n, d := end-first, b.sde.Dim
	b.first, b.members = first, n
	b.x, b.f = b.x[:n*d], b.f[:n*d]
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
	if b.noise == nil {
		return
	}
	for m := range b.members {
		b.noise[m] = rng.New(b.run.Seed, use, uint64(b.first+m))
	}
	b.used = b.ahead
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
		if b.used == b.ahead && b.noise != nil {
			b.refill()
		}
		b.drift(b.f, b.x)
		if m := b.step(); m < b.members {
			b.fail(b.blowUp(m, n+1))
			return false
		}
	}
	return true
}

// refill draws the noise of the next steps.
func (b *block) refill() {
	per := b.ahead * b.scheme.components
	for m := range b.members {
		b.noise[m].Normals(b.z[m*per : (m+1)*per])
	}
	b.used = 0
}

// step advances every member by the drifts f and the next noise. It returns the first member that is not finite
// afterwards, or their number.
func (b *block) step() int {
	d, c := b.sde.Dim, b.scheme.components
	for m := range b.members {
		x, at := b.x[m*d:(m+1)*d], (m*b.ahead+b.used)*c
		finite := b.scheme.apply(x, b.f[m*d:(m+1)*d], b.z[at:at+c])
		if b.run.Bound > 0 && b.outside(x) {
			b.start(m)
			b.resets++
		} else if !finite {
			return m
		}
	}
	if c > 0 {
		b.used++
	}
	return b.members
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
