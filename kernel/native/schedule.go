package native

import "slices"

// A processor takes what is ready, the earlier in the text the sooner. So in each straight run of a function's code that
// holds much arithmetic the operations are put in the order of how long it takes from them to the last that waits for
// them. Each is done on the same values as before, and loads and stores keep their order.

// schedule reorders the straight runs of the function.
func (f *fn) schedule() {
	out := make([]byte, 0, len(f.code)+len(f.code)/4)
	r := newRun(f)
	var calls [][2]int // where they were, and are
	start, floats := 0, 0
	flush := func(to int) {
		if floats < fewestFloats {
			out = append(out, f.code[start:to]...)
		} else {
			out = r.rewrite(out, f.code[start:to])
		}
		floats = 0
	}
	for at := 0; at < len(f.code); {
		in, ok := decode(f.code[at:])
		if !ok {
			return
		}
		next := at + len(in.code)
		switch {
		case in.float:
			floats++
		case !in.straight():
			flush(at)
			if in.code[0] == 0x10 {
				calls = append(calls, [2]int{at, len(out)})
			}
			out = append(out, in.code...)
			start = next
		}
		at = next
	}
	flush(len(f.code))
	f.code = out
	moved := func(at int) int {
		i, _ := slices.BinarySearchFunc(calls, at, func(c [2]int, at int) int { return c[0] - at })
		return calls[i][1]
	}
	for i := range f.calls {
		f.calls[i].at = moved(f.calls[i].at-1) + 1
	}
	for i := range f.made {
		f.made[i].offset = moved(f.made[i].offset)
	}
}

// rewrite reorders a straight run; an operation on what was on the stack before it divides it.
func (r *run) rewrite(out, code []byte) []byte {
	start := 0
	for at := 0; at < len(code); {
		in, _ := decode(code[at:])
		next := at + len(in.code)
		if !r.take(in) {
			out = append(append(out, r.finish(code[start:at])...), in.code...)
			start = next
		}
		at = next
	}
	return append(out, r.finish(code[start:])...)
}

// fewestFloats is how many floating-point operations a run must have to be worth it.
const fewestFloats = 12

// lookahead is how many operations one may be put before: what is begun early holds a register for long.
const lookahead = 48

// finish writes the run that has been read, text as it was, and begins another.
func (r *run) finish(text []byte) []byte {
	defer r.reset()
	if r.floats < fewestFloats {
		return text
	}
	r.pairDivisions()
	r.measure()
	var a asm
	first := 0 // of those left
	for left := len(r.nodes); left > 0; left-- {
		n := r.next(first)
		r.emit(&a, n)
		for n.done = true; first < len(r.nodes) && r.nodes[first].done; {
			first++
		}
	}
	r.leave(&a)
	return a.code
}

// measure finds out how long it takes from each operation to the last that waits for it.
func (r *run) measure() {
	for i := len(r.nodes) - 1; i >= 0; i-- {
		n := r.nodes[i]
		n.height += latency(n.code)
		for _, a := range n.operands {
			a.height = max(a.height, n.height)
		}
	}
}

// next is the most urgent operation that may be done now.
func (r *run) next(first int) *node {
	var best *node
	for _, n := range r.nodes[first:min(first+lookahead, len(r.nodes))] {
		if !n.done && n.ready() && (best == nil || n.height > best.height) {
			best = n
		}
	}
	return best
}

func (n *node) ready() bool {
	if n.before != nil && !n.before.done {
		return false
	}
	for _, a := range n.operands {
		if !a.leaf() && !a.done {
			return false
		}
	}
	return true
}

// emit writes an operation, whose result goes to a local of its own.
func (r *run) emit(a *asm, n *node) {
	for _, x := range n.operands {
		r.push(a, x)
	}
	a.op(n.code...)
	if n.result != 0 {
		n.temp = r.temporary(n.result)
		a.set(n.temp)
	}
}

func (r *run) push(a *asm, n *node) {
	if n.leaf() {
		a.op(n.code...)
		return
	}
	a.get(n.temp)
}

// leave gives the locals that the run has set their values, and puts on the stack what the run left there. All that
// locals held before is read first.
func (r *run) leave(a *asm) {
	for _, n := range r.stack {
		if n.old() {
			n.hold(r, a)
		}
	}
	for _, l := range r.set {
		r.push(a, r.values[l])
	}
	for i := len(r.set) - 1; i >= 0; i-- {
		a.set(r.set[i])
	}
	for _, n := range r.stack {
		if n.old() {
			a.get(n.temp)
		} else {
			r.push(a, n)
		}
	}
}

// hold copies what a local held before the run.
func (n *node) hold(r *run, a *asm) {
	n.temp = r.temporary(n.result)
	a.op(n.code...)
	a.set(n.temp)
}

// temporary is a local for the rest of the run.
func (r *run) temporary(t byte) uint32 {
	k := r.taken[t]
	r.taken[t]++
	if k == len(r.free[t]) {
		r.free[t] = append(r.free[t], r.f.local(t))
	}
	return r.free[t][k]
}

const divide64 = 0xa3

var divide128 = []byte{0xfd, 0xf3, 1}

// latency is how many cycles an operation takes, about.
func latency(code []byte) int {
	switch c := code[0]; {
	case c == 0xfd && code[1] == divide128[1], c == divide64, c == 0x95:
		return 13
	case c == 0xfd:
		return 2
	case c == 0x9f || c == 0x91: // roots
		return 20
	case c >= 0x92 && c <= 0x94 || c >= 0xa0 && c <= 0xa2:
		return 3
	case c >= 0x28 && c <= 0x35: // loads
		return 5
	}
	return 1
}
