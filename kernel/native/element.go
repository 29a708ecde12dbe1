package native

import "go/types"

// An elementKey names an element of a slice that stays what it is, by a constant index.
type elementKey struct {
	slice *types.Var
	index int64
}

// A heldValue is an element's value in a local, as it was read or written at a time of the stores' clock.
type heldValue struct {
	local uint32
	at    int
}

// stores remembers in which order memory was written, as the text goes, so that an element written a moment ago
// need not be read again.
type stores struct {
	clock, unknown int // now, and when something was written of which nothing is known
	slices         map[*types.Var]int
	elements       map[elementKey]int
}

// disturb notes that any memory may have been written.
func (f *fn) disturb() {
	f.stores.clock++
	f.stores.unknown = f.stores.clock
}

// holds reports whether an element still has the value: only others of the same slice may have been written since.
func (s *stores) holds(k elementKey, h heldValue) bool {
	if h.at < s.unknown || h.at < s.elements[k] {
		return false
	}
	for slice, at := range s.slices {
		if slice != k.slice && h.at < at {
			return false
		}
	}
	return true
}

func (f *fn) readElement(p place) {
	if h, ok := f.facts.values[*p.element]; ok && f.stores.holds(*p.element, h) {
		f.get(h.local)
		return
	}
	f.load(p.addr, p.off, p.shape)
	held := f.local(f64)
	f.tee(held)
	f.facts.values[*p.element] = heldValue{held, f.stores.clock}
}

func (f *fn) writeElement(p place, from []uint32) {
	s := &f.stores
	unknown := s.unknown
	f.store(p.addr, p.off, p.shape, from)
	s.unknown = unknown // the store has its name here
	if s.slices == nil {
		s.slices, s.elements = map[*types.Var]int{}, map[elementKey]int{}
	}
	s.slices[p.element.slice], s.elements[*p.element] = s.clock, s.clock
	held := f.local(f64)
	f.get(from[0])
	f.set(held)
	f.facts.values[*p.element] = heldValue{held, s.clock}
}

// keepValues takes over what one copy of a loop's straight body left in locals, for the slices from outside it.
func (f *fn) keepValues(from facts, inside func(*types.Var) bool) {
	for k, h := range from.values {
		if !inside(k.slice) {
			f.facts.values[k] = h
		}
	}
}
