package native

import "slices"

// Two divisions cost a processor as much as one of two pairs of numbers, and no other operation holds it up so long. So
// divisions of a run that do not wait for one another are done in pairs, in a function with loops.

// mostApart is how many cycles the operands of one may be ready before those of the other.
const mostApart = 8

// pairDivisions joins divisions that come as late in the run, in the number of divisions before them.
func (r *run) pairDivisions() {
	if !r.f.look.loops {
		return
	}
	waiting := map[int]*node{} // for another, by the divisions before it
	paired := false
	for _, n := range r.nodes {
		n.begin, n.divisions = 0, 0
		for _, x := range n.operands {
			n.begin = max(n.begin, x.begin+latency(x.code))
			n.divisions = max(n.divisions, x.divisions)
		}
		if n.before != nil {
			n.divisions = max(n.divisions, n.before.divisions)
		}
		if n.code[0] != divide64 {
			continue
		}
		if first := waiting[n.divisions]; first != nil && max(n.begin-first.begin, first.begin-n.begin) <= mostApart {
			join(first, n)
			waiting[n.divisions], paired = nil, true
		} else {
			waiting[n.divisions] = n
		}
		n.divisions++
	}
	if paired {
		r.order()
	}
}

// join makes of two divisions the lanes of one.
func join(a, b *node) {
	both := vector(divide128, two(a.operands[0], b.operands[0]), two(a.operands[1], b.operands[1]))
	a.code, a.operands = []byte{0xfd, 0x21, 0}, []*node{both} // f64x2.extract_lane
	b.code, b.operands = []byte{0xfd, 0x21, 1}, []*node{both}
}

// two is a vector of two numbers.
func two(a, b *node) *node {
	if a.code[0] == 0x44 && b.code[0] == 0x44 {
		return vector(slices.Concat([]byte{0xfd, 0x0c}, a.code[1:], b.code[1:])) // v128.const
	}
	v := vector([]byte{0xfd, 0x14}, a) // f64x2.splat
	if a == b {
		return v
	}
	return vector([]byte{0xfd, 0x22, 1}, v, b) // f64x2.replace_lane
}

func vector(code []byte, operands ...*node) *node {
	return &node{instruction: instruction{code: code, result: v128}, operands: operands}
}

// order lists the operations again, each behind what it waits for.
func (r *run) order() {
	var list []*node
	var visit func(n *node)
	visit = func(n *node) {
		if n == nil || n.done || n.leaf() {
			return
		}
		n.done = true
		visit(n.before)
		for _, x := range n.operands {
			visit(x)
		}
		list = append(list, n)
	}
	for _, n := range r.nodes {
		visit(n)
	}
	for _, n := range list {
		n.done = false
	}
	r.nodes = list
}
