package native

import "go/types"

// lowerLanes makes the two-lane form of a function of one float64. Where the function would leave for package math in either
// lane, the function itself decides for both.
func (u *unit) lowerLanes(i int) *fn {
	s, p := u.sources[i], u.parts[i]
	f := &fn{u: u, body: body{src: s, info: s.Info, look: u.surveys[i], facts: newFacts()},
		params: []byte{v128}, results: []byte{v128}, locals: []byte{v128}, pos: p.pos}
	l := newLanes(f, counted{})
	x := l.held(0, p.params[0])
	results := l.body(s, p, map[*types.Var]*lane{p.params[0]: x})
	if len(results) != 1 {
		refuseAt(p.pos, "no two-lane form")
	}
	l.settle(results[0], l.doubt)
	doubtful := f.local(i32)
	if l.doubt != nil { // before the result, so that what the two have in common is not held for long
		l.push(l.doubt)
		f.vector(v128Any)
		f.set(doubtful)
	}
	l.push(results[0])
	if l.doubt != nil {
		f.get(doubtful)
		f.iff()
		f.scalarLane(u.byObject[s.lanesOf], 0)
		f.vector(f64x2Splat)
		f.scalarLane(u.byObject[s.lanesOf], 1)
		f.vectorLane(f64x2Replace, 1)
		f.ret()
		f.end()
	}
	return f
}

// scalarLane calls a function for one lane of the parameter.
func (f *fn) scalarLane(callee int, lane byte) {
	f.get(0)
	f.vectorLane(f64x2Extract, lane)
	f.callUnit(callee)
}
