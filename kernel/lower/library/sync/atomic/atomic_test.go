package atomic_test

import (
	"sync/atomic"
	"testing"

	own "scorebook/kernel/lower/library/sync/atomic"
)

// pointer is what both have.
type pointer interface {
	Load() *int
	Store(*int)
	Swap(*int) *int
	CompareAndSwap(old, new *int) bool
}

func TestAgainstTheStandardLibrary(t *testing.T) {
	a, b := new(int), new(int)
	for name, p := range map[string]pointer{"own": new(own.Pointer[int]), "standard": new(atomic.Pointer[int])} {
		steps := []bool{
			p.Load() == nil,
			p.CompareAndSwap(nil, a), p.Load() == a,
			!p.CompareAndSwap(b, nil), !p.CompareAndSwap(nil, b),
			p.CompareAndSwap(a, nil), p.Load() == nil,
			p.Swap(b) == nil, p.Swap(a) == b,
		}
		p.Store(nil)
		steps = append(steps, p.Load() == nil, p.CompareAndSwap(nil, b), p.Load() == b)
		for i, ok := range steps {
			if !ok {
				t.Errorf("%s: step %d", name, i)
			}
		}
	}
}
