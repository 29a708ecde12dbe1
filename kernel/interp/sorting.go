package interp

import (
	"cmp"
	"iter"
	"reflect"
	"slices"
)

// sorted sorts a slice of ordered values.
func sorted(x any) {
	switch s := raw(x).(type) {
	case []int:
		slices.Sort(s)
	case []float64:
		slices.Sort(s)
	case []string:
		slices.Sort(s)
	default:
		v := reflect.ValueOf(s)
		permute(v, func(at []int) {
			slices.SortFunc(at, func(i, j int) int { return compareValues(v.Index(i), v.Index(j)) })
		})
	}
}

func compareValues(a, b reflect.Value) int {
	switch {
	case a.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	case a.CanFloat():
		return cmp.Compare(a.Float(), b.Float())
	}
	return cmp.Compare(a.String(), b.String())
}

// sortedFunc sorts by a comparison of the user's.
func sortedFunc(x, compare any, stable bool) {
	switch s := raw(x).(type) {
	case []int:
		sortWith(s, compare, stable)
	case []float64:
		sortWith(s, compare, stable)
	case []string:
		sortWith(s, compare, stable)
	default:
		v, f := reflect.ValueOf(s), reflect.ValueOf(raw(compare))
		permute(v, func(at []int) {
			sortWith(at, func(i, j int) int { return int(f.Call([]reflect.Value{v.Index(i), v.Index(j)})[0].Int()) }, stable)
		})
	}
}

func sortWith[E any](s []E, compare any, stable bool) {
	f, ok := raw(compare).(func(a, b E) int)
	switch {
	case !ok:
		panic("interp: a comparison of another type")
	case stable:
		slices.SortStableFunc(s, f)
	default:
		slices.SortFunc(s, f)
	}
}

// permute lets sort order the indices of a slice, and then the elements as those.
func permute(v reflect.Value, sort func(at []int)) {
	at := make([]int, v.Len())
	for i := range at {
		at[i] = i
	}
	sort(at)
	old := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	reflect.Copy(old, v)
	for i, j := range at {
		v.Index(i).Set(old.Index(j))
	}
}

// pull is iter.Pull over sequences of any number of values, which come as pointers to them.
func (m *machine) pull(seq func(yield func(vs ...any) bool)) (next func() ([]any, bool), stop func()) {
	t := current()
	return iter.Pull(func(yield func([]any) bool) {
		if t != nil { // a coroutine is a goroutine to those who ask
			id := goroutine()
			tasks.Store(id, t)
			defer tasks.Delete(id)
		}
		seq(func(vs ...any) bool { return yield(vs) })
	})
}
