package slices_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	own "scorebook/kernel/lower/library/slices"
)

// inputs are slices of few different values, so that equal neighbours and empty slices are among them.
func inputs() [][]int {
	r := rand.New(rand.NewPCG(1, 2))
	all := [][]int{nil, {}, {3}}
	for range 200 {
		s := make([]int, r.IntN(12), 12+r.IntN(4))
		for i := range s {
			s[i] = r.IntN(6)
		}
		all = append(all, s)
	}
	return all
}

// outcome is what a call returns or panics with, and what it leaves in the slice it was given.
func outcome(s []int, call func(s []int) any) (text string) {
	s = append([]int(nil), s...)
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprintf("panic %v", r)
		}
	}()
	out := call(s)
	return fmt.Sprintf("%#v %v %v", out, out, s)
}

func even(n int) bool     { return n%2 == 0 }
func parity(a, b int) int { return cmp.Compare(a%3, b%3) }
func near(a, b int) bool  { return a/2 == b/2 }

// calls pairs each function with the standard library's.
var calls = map[string][2]func(s []int) any{
	"Equal":        {func(s []int) any { return own.Equal(s, s[:len(s)/2]) }, func(s []int) any { return slices.Equal(s, s[:len(s)/2]) }},
	"EqualFunc":    {func(s []int) any { return own.EqualFunc(s, s, near) }, func(s []int) any { return slices.EqualFunc(s, s, near) }},
	"Compare":      {func(s []int) any { return own.Compare(s, []int{2, 3}) }, func(s []int) any { return slices.Compare(s, []int{2, 3}) }},
	"CompareFunc":  {func(s []int) any { return own.CompareFunc(s, []int{2, 3, 4}, parity) }, func(s []int) any { return slices.CompareFunc(s, []int{2, 3, 4}, parity) }},
	"Index":        {func(s []int) any { return own.Index(s, 4) }, func(s []int) any { return slices.Index(s, 4) }},
	"IndexFunc":    {func(s []int) any { return own.IndexFunc(s, even) }, func(s []int) any { return slices.IndexFunc(s, even) }},
	"Contains":     {func(s []int) any { return own.Contains(s, 1) }, func(s []int) any { return slices.Contains(s, 1) }},
	"ContainsFunc": {func(s []int) any { return own.ContainsFunc(s, even) }, func(s []int) any { return slices.ContainsFunc(s, even) }},
	"Reverse":      {func(s []int) any { own.Reverse(s); return 0 }, func(s []int) any { slices.Reverse(s); return 0 }},
	"Max":          {func(s []int) any { return own.Max(s) }, func(s []int) any { return slices.Max(s) }},
	"MaxFunc":      {func(s []int) any { return own.MaxFunc(s, parity) }, func(s []int) any { return slices.MaxFunc(s, parity) }},
	"Min":          {func(s []int) any { return own.Min(s) }, func(s []int) any { return slices.Min(s) }},
	"MinFunc":      {func(s []int) any { return own.MinFunc(s, parity) }, func(s []int) any { return slices.MinFunc(s, parity) }},
	"Insert":       {func(s []int) any { return own.Insert(s, 1, 8, 9) }, func(s []int) any { return slices.Insert(s, 1, 8, 9) }},
	"Insert own":   {func(s []int) any { return own.Insert(s, 0, s...) }, func(s []int) any { return slices.Insert(s, 0, s...) }},
	"Delete":       {func(s []int) any { return own.Delete(s, 1, 3) }, func(s []int) any { return slices.Delete(s, 1, 3) }},
	"DeleteFunc":   {func(s []int) any { return own.DeleteFunc(s, even) }, func(s []int) any { return slices.DeleteFunc(s, even) }},
	"Replace":      {func(s []int) any { return own.Replace(s, 1, 2, 7, 8) }, func(s []int) any { return slices.Replace(s, 1, 2, 7, 8) }},
	"Replace less": {func(s []int) any { return own.Replace(s, 1, 4, 7) }, func(s []int) any { return slices.Replace(s, 1, 4, 7) }},
	"Compact":      {func(s []int) any { return own.Compact(s) }, func(s []int) any { return slices.Compact(s) }},
	"CompactFunc":  {func(s []int) any { return own.CompactFunc(s, near) }, func(s []int) any { return slices.CompactFunc(s, near) }},
	"Clone":        {func(s []int) any { return own.Clone(s) }, func(s []int) any { return slices.Clone(s) }},
	"Clip":         {func(s []int) any { return cap(own.Clip(s[:len(s)/2])) }, func(s []int) any { return cap(slices.Clip(s[:len(s)/2])) }},
	"Grow":         {func(s []int) any { return own.Grow(s, 3) }, func(s []int) any { return slices.Grow(s, 3) }},
	"Grow none":    {func(s []int) any { return own.Grow(s, -1) }, func(s []int) any { return slices.Grow(s, -1) }},
	"Concat":       {func(s []int) any { return own.Concat(s, nil, s) }, func(s []int) any { return slices.Concat(s, nil, s) }},
	"Repeat":       {func(s []int) any { return own.Repeat(s, 2) }, func(s []int) any { return slices.Repeat(s, 2) }},
	"Sort":         {func(s []int) any { own.Sort(s); return 0 }, func(s []int) any { slices.Sort(s); return 0 }},
	"SortStable":   {func(s []int) any { own.SortStableFunc(s, parity); return 0 }, func(s []int) any { slices.SortStableFunc(s, parity); return 0 }},
	"IsSorted":     {func(s []int) any { return own.IsSorted(s) }, func(s []int) any { return slices.IsSorted(s) }},
	"IsSortedFunc": {func(s []int) any { return own.IsSortedFunc(s, parity) }, func(s []int) any { return slices.IsSortedFunc(s, parity) }},
	"BinarySearch": {func(s []int) any {
		slices.Sort(s)
		i, ok := own.BinarySearch(s, 3)
		return []any{i, ok}
	}, func(s []int) any {
		slices.Sort(s)
		i, ok := slices.BinarySearch(s, 3)
		return []any{i, ok}
	}},
	"All":              {func(s []int) any { return pairs(own.All(s)) }, func(s []int) any { return pairs(slices.All(s)) }},
	"Backward":         {func(s []int) any { return pairs(own.Backward(s)) }, func(s []int) any { return pairs(slices.Backward(s)) }},
	"Values, Collect":  {func(s []int) any { return own.Collect(own.Values(s)) }, func(s []int) any { return slices.Collect(slices.Values(s)) }},
	"AppendSeq":        {func(s []int) any { return own.AppendSeq(s, own.Values(s)) }, func(s []int) any { return slices.AppendSeq(s, slices.Values(s)) }},
	"Chunk":            {func(s []int) any { return own.Collect(own.Chunk(s, 3)) }, func(s []int) any { return slices.Collect(slices.Chunk(s, 3)) }},
	"Chunk none":       {func(s []int) any { return own.Chunk(s, 0) == nil }, func(s []int) any { return slices.Chunk(s, 0) == nil }},
	"Sorted":           {func(s []int) any { return own.Sorted(own.Values(s)) }, func(s []int) any { return slices.Sorted(slices.Values(s)) }},
	"SortedFunc":       {func(s []int) any { return own.SortedFunc(own.Values(s), cmp.Compare[int]) }, func(s []int) any { return slices.SortedFunc(slices.Values(s), cmp.Compare[int]) }},
	"SortedStableFunc": {func(s []int) any { return own.SortedStableFunc(own.Values(s), parity) }, func(s []int) any { return slices.SortedStableFunc(slices.Values(s), parity) }},
}

// pairs collects what a sequence yields, and stops it early.
func pairs(seq func(yield func(int, int) bool)) (out [][2]int) {
	for i, v := range seq {
		if out = append(out, [2]int{i, v}); len(out) == 5 {
			break
		}
	}
	return out
}

func TestAgainstTheStandardLibrary(t *testing.T) {
	for name, call := range calls {
		for _, s := range inputs() {
			if got, want := outcome(s, call[0]), outcome(s, call[1]); got != want {
				t.Errorf("%s of %v: %s, want %s", name, s, got, want)
			}
		}
	}
}

func TestNaN(t *testing.T) {
	nan := math.NaN()
	s := []float64{2, nan, 1, nan, 3}
	a, b := append([]float64(nil), s...), append([]float64(nil), s...)
	own.Sort(a)
	slices.Sort(b)
	if fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("sorted %v, want %v", a, b)
	}
	if got, want := fmt.Sprint(own.Max(s), own.Min(s)), fmt.Sprint(slices.Max(s), slices.Min(s)); got != want {
		t.Errorf("extrema %s, want %s", got, want)
	}
}

// TestClearsWhatItRemoves looks at the elements beyond the end, which pointers must not keep alive.
func TestClearsWhatItRemoves(t *testing.T) {
	for name, del := range map[string]func([]*int) []*int{
		"Delete":     func(s []*int) []*int { return own.Delete(s, 0, 2) },
		"DeleteFunc": func(s []*int) []*int { return own.DeleteFunc(s, func(p *int) bool { return *p < 2 }) },
		"Compact":    func(s []*int) []*int { return own.CompactFunc(s, func(a, b *int) bool { return *a/2 == *b/2 }) },
	} {
		s := []*int{new(int), new(int), new(int), new(int)}
		for i, p := range s {
			*p = i
		}
		n := len(del(s))
		if n != 2 || !reflect.DeepEqual(s[n:], []*int{nil, nil}) {
			t.Errorf("%s leaves %v beyond its end", name, s[n:])
		}
	}
}
