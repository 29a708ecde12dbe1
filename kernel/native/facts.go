package native

import "go/types"

// facts are what is known at a place of a function about lengths and indices, so that a bounds check may go.
// A fact holds for variables that nothing changes while it is in force.
type facts struct {
	atLeast map[*types.Var]int64               // a slice's length is at least so much
	within  map[*types.Var]map[*types.Var]span // index → slice → what may be added to the index
}

// A span says that i+c is in bounds for every c from lo to hi.
type span struct{ lo, hi int64 }

func newFacts() facts {
	return facts{map[*types.Var]int64{}, map[*types.Var]map[*types.Var]span{}}
}

// branch returns a copy to work on where control may not pass.
func (k facts) branch() facts {
	c := newFacts()
	for v, n := range k.atLeast {
		c.atLeast[v] = n
	}
	for i, m := range k.within {
		c.within[i] = map[*types.Var]span{}
		for s, sp := range m {
			c.within[i][s] = sp
		}
	}
	return c
}

// forget drops what was known of a variable.
func (k facts) forget(v *types.Var) {
	delete(k.atLeast, v)
	delete(k.within, v)
	for _, m := range k.within {
		delete(m, v)
	}
}

// inside notes that index i+c is in the bounds of slice s for the span's c.
func (k facts) inside(i, s *types.Var, sp span) {
	if k.within[i] == nil {
		k.within[i] = map[*types.Var]span{}
	}
	old, ok := k.within[i][s]
	if ok {
		sp = span{min(old.lo, sp.lo), max(old.hi, sp.hi)}
	}
	k.within[i][s] = sp
}

// knows reports whether i+c is in the bounds of slice s.
func (k facts) knows(i, s *types.Var, c int64) bool {
	sp, ok := k.within[i][s]
	return ok && sp.lo <= c && c <= sp.hi
}
