package native

import (
	"fmt"
	"math"
)

// This file is compiled twice: by Go as part of this package, and as part of the programs that TestGeneratedLanes compares
// with.

type laneProgram = func(dst, x, y []float64, a, b float64, m int)

const laneRuns = 24

// laneNumbers yields numbers of all kinds, special ones among them.
func laneNumbers(seed uint64) func() float64 {
	state := seed*0x9e3779b97f4a7c15 + 1
	next := func() uint64 {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		return state
	}
	special := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 1, -1, 1e-310, 700.5, 0x1p29}
	return func() float64 {
		switch n := next(); n % 16 {
		case 0:
			return special[n>>8%uint64(len(special))]
		case 1:
			return math.Float64frombits(next())
		default:
			return float64(int64(n)) * 0x1p-61
		}
	}
}

// laneRun calls a program with slices that lie in one piece of memory, apart or not, and says what is there afterwards.
func laneRun(f laneProgram, k int) (line string) {
	number := laneNumbers(uint64(k + 1))
	w := make([]float64, 90)
	for i := range w {
		w[i] = number()
	}
	n := []int{0, 1, 2, 3, 5, 8, 9, 13, 17, 20, 22, 26}[k%12]
	at := [][3]int{{0, 30, 60}, {0, 0, 30}, {0, 1, 2}, {3, 2, 2}, {2, 0, 1}, {0, 5, 60}}[k%6]
	dst, x, y := w[at[0]:at[0]+n], w[at[1]:at[1]+n+k%5/4], w[at[2]:at[2]+n+k%7/6]
	a, b := number(), number()
	defer func() {
		failed := recover()
		h := uint64(0xcbf29ce484222325)
		for _, v := range w {
			bits := math.Float64bits(v)
			if v != v {
				bits = 0x7ff8 << 48
			}
			h = (h ^ bits) * 0x100000001b3
			h ^= h >> 29
		}
		line = fmt.Sprintf("%v %x", failed, h)
	}()
	f(dst, x, y, a, b, n-k%3)
	return ""
}
