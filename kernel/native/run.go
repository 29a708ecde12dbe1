package native

import "slices"

// A node is an operation of a run, or a value that needs none: a constant, or what a local held before.
type node struct {
	instruction
	operands []*node
	before   *node // the access to memory that must come first
	height   int   // cycles from its begin to the end of the last operation that waits for it
	temp     uint32
	done     bool

	begin, divisions int // cycles and divisions before it
}

// old reports what a local held before the run.
func (n *node) old() bool { return n.code[0] == 0x20 }

// leaf reports a value that is written where it is used.
func (n *node) leaf() bool { return n.old() || n.code[0] >= 0x41 && n.code[0] <= 0x44 }

// A run is a straight piece of code being read.
type run struct {
	f      *fn
	nodes  []*node
	stack  []*node
	values map[uint32]*node // what locals hold now
	set    []uint32         // the locals set, in order
	memory *node            // the latest access
	floats int
	free   map[byte][]uint32 // temporary locals
	taken  map[byte]int
}

func newRun(f *fn) *run {
	return &run{f: f, values: map[uint32]*node{}, free: map[byte][]uint32{}, taken: map[byte]int{}}
}

func (r *run) reset() {
	r.nodes, r.stack, r.set, r.memory, r.floats = r.nodes[:0], r.stack[:0], r.set[:0], nil, 0
	clear(r.values)
	clear(r.taken)
}

// take reads an instruction; it reports false for one that ends the run.
func (r *run) take(in instruction) bool {
	c := in.code[0]
	switch {
	case c == 0x20:
		r.stack = append(r.stack, r.value(in))
	case c == 0x21 || c == 0x22:
		if len(r.stack) == 0 {
			return false
		}
		top := len(r.stack) - 1
		r.assign(in.local, r.stack[top])
		if c == 0x21 {
			r.stack = r.stack[:top]
		}
	case in.pure || in.memory:
		return r.operation(in)
	default:
		return false
	}
	return true
}

// value is what a local holds.
func (r *run) value(get instruction) *node {
	v := r.values[get.local]
	if v == nil {
		get.result = r.f.locals[get.local]
		v = &node{instruction: get}
		r.values[get.local] = v
	}
	return v
}

func (r *run) assign(l uint32, v *node) {
	if !slices.Contains(r.set, l) {
		r.set = append(r.set, l)
	}
	r.values[l] = v
}

func (r *run) operation(in instruction) bool {
	base := len(r.stack) - in.args
	if base < 0 {
		return false
	}
	n := &node{instruction: in, operands: slices.Clone(r.stack[base:])}
	r.stack = r.stack[:base]
	if in.memory {
		n.before, r.memory = r.memory, n
	}
	if in.result != 0 {
		r.stack = append(r.stack, n)
	}
	if in.float {
		r.floats++
	}
	if !n.leaf() {
		r.nodes = append(r.nodes, n)
	}
	return true
}
