package native

import "go/types"

// facts are what is known at a place of a function about lengths and indices, so that a bounds check may go.
// A fact holds for variables that nothing changes while it is in force.
type facts struct {
	atLeast map[*types.Var]int64           // a slice's length is at least so much
	within  map[*types.Var]map[walked]span // index → slice and factor → what may be added to index times factor
	values  map[elementKey]heldValue       // elements whose value is in a local
	results map[operation]bool             // operations whose result is in its local
}

// A walked slice is indexed by a variable times a factor.
type walked struct {
	slice  *types.Var
	factor int64
}

// A span says that i+c is in bounds for every c from lo to hi.
type span struct{ lo, hi int64 }

func newFacts() facts {
	return facts{map[*types.Var]int64{}, map[*types.Var]map[walked]span{}, map[elementKey]heldValue{}, map[operation]bool{}}
}

// branch returns a copy to work on where control may not pass.
func (k facts) branch() facts {
	c := newFacts()
	for v, n := range k.atLeast {
		c.atLeast[v] = n
	}
	for i, m := range k.within {
		c.within[i] = map[walked]span{}
		for s, sp := range m {
			c.within[i][s] = sp
		}
	}
	for k, h := range k.values {
		c.values[k] = h
	}
	for o := range k.results {
		c.results[o] = true
	}
	return c
}

// forget drops what was known of a variable.
func (k facts) forget(v *types.Var) {
	delete(k.atLeast, v)
	delete(k.within, v)
	for _, m := range k.within {
		for w := range m {
			if w.slice == v {
				delete(m, w)
			}
		}
	}
	for e := range k.values {
		if e.slice == v {
			delete(k.values, e)
		}
	}
	for o := range k.results {
		if o.x == v || o.y == v {
			delete(k.results, o)
		}
	}
}

// inside notes that index i+c is in the bounds of slice s for the span's c.
func (k facts) inside(i, s *types.Var, sp span) { k.insideBy(i, walked{s, 1}, sp) }

// insideBy is the same of i·factor+c.
func (k facts) insideBy(i *types.Var, w walked, sp span) {
	if k.within[i] == nil {
		k.within[i] = map[walked]span{}
	}
	old, ok := k.within[i][w]
	if ok {
		sp = span{min(old.lo, sp.lo), max(old.hi, sp.hi)}
	}
	k.within[i][w] = sp
}

// knows reports whether i·factor+c is in the bounds of a slice.
func (k facts) knows(i *types.Var, w walked, c int64) bool {
	sp, ok := k.within[i][w]
	return ok && sp.lo <= c && c <= sp.hi
}
