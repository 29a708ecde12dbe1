package slices

// Insert inserts values before index i and returns the slice, whose elements may have moved.
func Insert[S ~[]E, E any](s S, i int, v ...E) S {
	_ = s[i:]
	n := len(s) + len(v)
	if len(v) == 0 {
		return s
	}
	if n > cap(s) {
		out := append(S(nil), s[:i]...)
		out = Grow(out, n-i)
		out = append(out, v...)
		return append(out, s[i:]...)
	}
	own := append([]E(nil), v...) // v may lie in what is moved
	out := s[:n]
	copy(out[i+len(own):], s[i:])
	copy(out[i:], own)
	return out
}

// Delete removes the elements from i up to j and clears those that became superfluous at the end.
func Delete[S ~[]E, E any](s S, i, j int) S {
	_ = s[i:j:len(s)]
	if i == j {
		return s
	}
	n := len(s)
	s = append(s[:i], s[j:]...)
	clear(s[len(s):n])
	return s
}

// DeleteFunc removes the elements that satisfy del.
func DeleteFunc[S ~[]E, E any](s S, del func(E) bool) S {
	kept := 0
	for _, v := range s {
		if !del(v) {
			s[kept] = v
			kept++
		}
	}
	clear(s[kept:])
	return s[:kept]
}

// Replace puts values in the place of the elements from i up to j.
func Replace[S ~[]E, E any](s S, i, j int, v ...E) S {
	_ = s[i:j]
	n := len(s) - (j - i) + len(v)
	if n > cap(s) {
		out := append(S(nil), s[:i]...)
		out = Grow(out, n-i)
		out = append(out, v...)
		return append(out, s[j:]...)
	}
	own := append([]E(nil), v...) // v may lie in what is moved
	out := s[:n]
	copy(out[i+len(own):], s[j:])
	copy(out[i:], own)
	if n < len(s) {
		clear(s[n:])
	}
	return out
}

// Compact keeps the first of each run of equal elements.
func Compact[S ~[]E, E comparable](s S) S {
	return CompactFunc(s, func(a, b E) bool { return a == b })
}

// CompactFunc is Compact with an equality of the caller's, which it asks about neighbours.
func CompactFunc[S ~[]E, E any](s S, eq func(E, E) bool) S {
	if len(s) < 2 {
		return s
	}
	kept := 1
	for i := 1; i < len(s); i++ {
		if !eq(s[i], s[i-1]) {
			s[kept] = s[i]
			kept++
		}
	}
	clear(s[kept:])
	return s[:kept]
}

// Clone returns a copy of s; the elements are copied by assignment.
func Clone[S ~[]E, E any](s S) S {
	return append(s[:0:0], s...)
}

// Clip takes the capacity that s does not use from it.
func Clip[S ~[]E, E any](s S) S { return s[:len(s):len(s)] }

// Grow makes room for n more elements.
func Grow[S ~[]E, E any](s S, n int) S {
	if n < 0 {
		panic("cannot be negative")
	}
	if n -= cap(s) - len(s); n > 0 {
		s = append(s[:cap(s)], make([]E, n)...)[:len(s)]
	}
	return s
}

// Concat returns one slice with the elements of all.
func Concat[S ~[]E, E any](slices ...S) S {
	n := 0
	for _, s := range slices {
		n += len(s)
	}
	out := Grow[S](nil, n)
	for _, s := range slices {
		out = append(out, s...)
	}
	return out
}

// Repeat returns s count times over.
func Repeat[S ~[]E, E any](x S, count int) S {
	if count < 0 {
		panic("cannot be negative")
	}
	out := make(S, 0, len(x)*count)
	for range count {
		out = append(out, x...)
	}
	return out
}
