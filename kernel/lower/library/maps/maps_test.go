package maps_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	own "scorebook/kernel/lower/library/maps"
)

func TestAgainstTheStandardLibrary(t *testing.T) {
	m := map[string]int{"a": 1, "b": 2, "c": 3}
	if got := slices.Sorted(own.Keys(m)); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("keys %v", got)
	}
	if got := slices.Sorted(own.Values(m)); !slices.Equal(got, []int{1, 2, 3}) {
		t.Errorf("values %v", got)
	}
	if got := own.Collect(own.All(m)); !maps.Equal(got, m) {
		t.Errorf("collected %v", got)
	}
	for range own.All(m) {
		break
	}
	for range own.Keys(m) {
		break
	}
	for range own.Values(m) {
		break
	}
	n := own.Clone(m)
	n["d"] = 4
	own.DeleteFunc(n, func(k string, v int) bool { return v == 1 })
	want := maps.Clone(m)
	want["d"] = 4
	maps.DeleteFunc(want, func(k string, v int) bool { return v == 1 })
	if !reflect.DeepEqual(n, want) {
		t.Errorf("%v, want %v", n, want)
	}
	own.Copy(n, m)
	own.Insert(n, own.All(map[string]int{"z": 26}))
	if n["a"] != 1 || n["z"] != 26 || len(n) != 5 {
		t.Errorf("copied and inserted: %v", n)
	}
	if own.Clone(map[string]int(nil)) != nil {
		t.Error("the clone of nil is not nil")
	}
}

func TestEqual(t *testing.T) {
	maps2 := []map[string]int{nil, {}, {"a": 1}, {"a": 2}, {"b": 1}, {"a": 1, "b": 2}}
	same := func(x, y int) bool { return x%2 == y%2 }
	for _, a := range maps2 {
		for _, b := range maps2 {
			if got, want := own.Equal(a, b), maps.Equal(a, b); got != want {
				t.Errorf("Equal(%v, %v) = %t", a, b, got)
			}
			if got, want := own.EqualFunc(a, b, same), maps.EqualFunc(a, b, same); got != want {
				t.Errorf("EqualFunc(%v, %v) = %t", a, b, got)
			}
		}
	}
}
