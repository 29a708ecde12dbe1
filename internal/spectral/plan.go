package spectral

import (
	"fmt"
	"math"
	"math/bits"
)

const (
	// Lanes is the number of complex values at each point of a bundle.
	Lanes = 8
	// Width is the number of float64 of each point of a bundle: Lanes real parts, then Lanes imaginary ones.
	Width = 2 * Lanes
)

// Plan is a transform of bundles of n points, n a power of two, at least 4. It is safe for concurrent use.
type Plan struct {
	n          int
	passes     []pass // of the forward transform; the inverse one takes them backwards
	wavenumber []int
	set        isa
}

// pass splits blocks of 4·quarter points into four of a quarter each, or blocks of two into single points.
type pass struct {
	quarter  int
	twiddles []float64 // for each j < quarter: e^{−2πijr/(4·quarter)} for r = 1, 2, 3; nil for radix 2
}

// NewPlan returns the plan for n points.
func NewPlan(n int) *Plan { return newPlan(best, n) }

func newPlan(set isa, n int) *Plan {
	if n < 4 || bits.OnesCount(uint(n)) != 1 {
		panic(fmt.Sprintf("spectral: a transform of %d points; it takes a power of two, at least 4", n))
	}
	p := &Plan{n: n, set: set}
	for size := n; size >= 4; size /= 4 {
		q := pass{quarter: size / 4}
		for j := range q.quarter {
			for r := 1; r <= 3; r++ {
				sin, cos := math.Sincos(-2 * math.Pi * float64(j*r%size) / float64(size))
				q.twiddles = append(q.twiddles, cos, sin)
			}
		}
		p.passes = append(p.passes, q)
	}
	if bits.TrailingZeros(uint(n))%2 == 1 {
		p.passes = append(p.passes, pass{})
	}
	p.wavenumber = order(n)
	return p
}

// order gives the wavenumber, from 0 to n−1, at each position of the transform of n points.
func order(n int) []int {
	switch n {
	case 1:
		return []int{0}
	case 2:
		return []int{0, 1}
	}
	inner := order(n / 4)
	k := make([]int, 0, n)
	for r := range 4 {
		for _, v := range inner {
			k = append(k, 4*v+r)
		}
	}
	return k
}

// Len is the number of points.
func (p *Plan) Len() int { return p.n }

// Wavenumber is the wavenumber at position i of a transform, from −n/2+1 to n/2.
func (p *Plan) Wavenumber(i int) int {
	k := p.wavenumber[i]
	if k > p.n/2 {
		k -= p.n
	}
	return k
}

// Forward replaces the values c at the points by Σₓ c(x) e^{−2πikx/n}, in the order of Wavenumber.
func (p *Plan) Forward(c []float64) {
	p.check(c)
	for _, s := range p.passes {
		if s.twiddles == nil {
			halve(p.set, c)
			continue
		}
		forwardPass(p.set, c, s)
	}
}

// Inverse replaces coefficients c, in the order of Wavenumber, by Σₖ cₖ e^{2πikx/n} at the points: n times what Forward
// takes back to c.
func (p *Plan) Inverse(c []float64) {
	p.check(c)
	for i := len(p.passes) - 1; i >= 0; i-- {
		if s := p.passes[i]; s.twiddles == nil {
			halve(p.set, c)
		} else {
			inversePass(p.set, c, s)
		}
	}
}

func (p *Plan) check(c []float64) {
	if len(c) != p.n*Width {
		panic(fmt.Sprintf("spectral: a bundle of %d numbers for %d points of %d", len(c), p.n, Width))
	}
}
