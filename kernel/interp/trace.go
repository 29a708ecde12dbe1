package interp

import (
	"bytes"
	"fmt"
	"slices"

	"scorebook/kernel/cell"
	"scorebook/kernel/lower"
)

// A panic's trace is read from variables of the lowered source: a function that calls others keeps where it was called
// from, by depth, and marks its statements in one variable; a leaf marks them in another. The interpreter says which
// function the panic left first, and so which of the two counts.

// unwinding reads what the interpreter writes when a panic leaves a function.
type unwinding struct{ machine *machine }

func (u unwinding) Write(p []byte) (int, error) {
	_, name, ok := bytes.Cut(p, []byte("panic: main."))
	if !ok {
		return len(p), nil
	}
	name, _, _ = bytes.Cut(name, []byte("("))
	if t := current(); t != nil {
		t.left = append(t.left, string(name))
		return len(p), nil
	}
	u.machine.leave(goroutine(), string(name))
	return len(p), nil
}

// leave notes a function that a panic has left on a goroutine of compiled code, the first where that happened.
func (m *machine) leave(by uint64, name string) {
	m.leftMu.Lock()
	defer m.leftMu.Unlock()
	if len(m.left) == 0 {
		m.leftBy = by
	}
	if m.leftBy == by {
		m.left = append(m.left, name)
	}
}

// trace lists the places of the calls that a panic of this goroutine has broken off, the innermost first.
func (m *machine) trace() []int {
	t := current()
	if t == nil {
		return []int{*m.place}
	}
	if t.places != nil {
		return t.places
	}
	var places []int
	if leaf := m.placeAt(*m.leaf); leaf.Leaf && len(t.left) > 0 && leaf.Frame == t.left[0] {
		places = append(places, *m.leaf)
	}
	places = append(places, *m.place)
	calls := (*m.calls)[1 : 1+m.underWay()]
	for _, c := range slices.Backward(calls) {
		places = append(places, c)
	}
	return places
}

// traceTo is the trace of a panic that has left all but the outermost calls, of a number. Goroutines of compiled code
// that call cells' functions at once may leave counts behind, of calls that have long returned: what the panic did
// not leave is none of its trace.
func (m *machine) traceTo(outermost int) []int {
	t, places := current(), m.trace()
	if t == nil || t.places != nil {
		return places
	}
	m.leftMu.Lock()
	left := slices.Concat(m.left, t.left)
	m.leftMu.Unlock()
	inner := max(0, len(places)-outermost)
	var broken []int
	for _, p := range places[:inner] {
		if i := slices.Index(left, m.placeAt(p).Frame); i >= 0 {
			broken, left = append(broken, p), left[i+1:]
		}
	}
	if len(broken) == 0 {
		return places
	}
	return append(broken, places[inner:]...)
}

// underWay is how many calls are under way. Several goroutines of compiled code may call one closure of a cell at
// once, and their counts are not to be relied upon.
func (m *machine) underWay() int { return max(0, min(*m.depth, len(*m.calls)-1)) }

// setTrace takes a trace for that of the panic under way; nil begins anew.
func (m *machine) setTrace(places []int) {
	if t := current(); t != nil {
		t.places, t.left = places, nil
	}
}

// suspend keeps where a task was when another takes over, and resume goes on there.
func (m *machine) suspend(t *task) {
	t.place, t.leaf, t.depth = *m.place, *m.leaf, m.underWay()
	t.calls = append(t.calls[:0], (*m.calls)[1:1+t.depth]...)
}

func (m *machine) resume(t *task) {
	*m.place, *m.leaf, *m.depth = t.place, t.leaf, t.depth
	copy((*m.calls)[1:], t.calls)
}

func (s *Session) placeAt(at int) lower.Place { return s.lowerer.Positions[at] }

// The most frames that are shown, from the panic outwards and from the cell inwards.
const (
	mostInner = 12
	mostOuter = 4
)

// frames shows calls with the user's lines. One that repeats is shown once.
func (s *Session) frames(places []int) []string {
	var lines []string
	groups := repeats(places)
	for i, g := range groups {
		if i == mostInner && len(groups) > mostInner+mostOuter {
			lines = append(lines, fmt.Sprintf("  … %d calls …", len(groups)-mostInner-mostOuter))
		}
		if i >= mostInner && i < len(groups)-mostOuter {
			continue
		}
		p := s.lowerer.Positions[g.place]
		src, ok := s.scope.Source(cell.Number(p.Filename))
		if !ok {
			continue
		}
		lines = append(lines, cell.Frame(src, p.Line, p.Column, p.In)...)
		if g.times > 1 {
			lines = append(lines, fmt.Sprintf("  … the same call %d times more", g.times-1))
		}
	}
	return lines
}

type group struct{ place, times int }

func repeats(places []int) (groups []group) {
	for _, p := range places {
		if n := len(groups); n > 0 && groups[n-1].place == p {
			groups[n-1].times++
			continue
		}
		groups = append(groups, group{p, 1})
	}
	return groups
}
