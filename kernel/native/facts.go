package native

import "go/types"

// facts are what is known at a place of a function about lengths and indices, so that a bounds check may go.
// A fact holds for variables that nothing changes while it is in force.
type facts struct {
	atLeast map[*types.Var]int64               // a slice's length is at least so much
	within  map[*types.Var]map[*types.Var]bool // index → slices in whose bounds it lies
}

func newFacts() facts {
	return facts{map[*types.Var]int64{}, map[*types.Var]map[*types.Var]bool{}}
}

// branch returns a copy to work on where control may not pass.
func (k facts) branch() facts {
	c := newFacts()
	for v, n := range k.atLeast {
		c.atLeast[v] = n
	}
	for i, m := range k.within {
		c.within[i] = map[*types.Var]bool{}
		for s := range m {
			c.within[i][s] = true
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

// inside notes that index i is in the bounds of slice s.
func (k facts) inside(i, s *types.Var) {
	if k.within[i] == nil {
		k.within[i] = map[*types.Var]bool{}
	}
	k.within[i][s] = true
}
