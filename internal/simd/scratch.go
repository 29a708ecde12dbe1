package simd

import "sync"

// scratch is a buffer borrowed for the length of one call.
type scratch struct{ x []float32 }

var pool = sync.Pool{New: func() any { return new(scratch) }}

// borrow returns a buffer of n values with undefined content.
func borrow(n int) *scratch {
	s := pool.Get().(*scratch)
	if cap(s.x) < n {
		s.x = make([]float32, n)
	}
	s.x = s.x[:n]
	return s
}

func (s *scratch) giveBack() { pool.Put(s) }
