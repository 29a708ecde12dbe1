package interp

import (
	"fmt"
	"reflect"
	"unicode/utf8"
)

// builtins are what lowered source calls in place of built-in functions and statements that yaegi lacks or gets
// wrong.
var builtins = map[string]any{
	"Room": room, "RoomAbove": roomAbove, "Buffer": buffer, "Complex": newComplex, "FloatMin": floatMin, "FloatMax": floatMax,
	"Sort": sorted, "SortFunc": sortedFunc, "Clear": clearAny, "Runes": runes, "NegativeShift": negativeShift, "OutOfRange": outOfRange, "BadSlice": badSlice, "Waiting": waiting, "Panic": func(v any) { panic(v) },
}

// mostMemory is the largest single allocation that a make in a cell may ask for.
const mostMemory = 8 << 30

// room checks that a slice of n elements is one that memory can hold, and gives n back.
func room(n, size int) int {
	if n < 0 {
		panic(runtimeError("makeslice: len out of range"))
	}
	if n > 0 && n > mostMemory/size {
		panic(fmt.Errorf("make: %d elements of %d bytes are more than the %d GiB a cell may ask for at once", n, size, mostMemory>>30))
	}
	return n
}

// newComplex makes a constant: yaegi's own complex constants cannot be divided.
func newComplex(re, im float64) complex128 { return complex(re, im) }

func floatMin(a, b float64) float64 { return min(a, b) }
func floatMax(a, b float64) float64 { return max(a, b) }

func clearAny(x any) {
	v := reflect.ValueOf(unwrap(x))
	if b, ok := unwrap(x).(Box); ok {
		v = reflect.ValueOf(b.V)
	}
	v.Clear()
}

// roomAbove is room for a slice's capacity.
func roomAbove(n, size int) int {
	if n < 0 {
		panic(runtimeError("makeslice: cap out of range"))
	}
	return room(n, size)
}

// waiting is what a function does that cannot run yet.
func waiting(why string) { panic(notYet(why)) }

// notYet says what a function waits for.
type notYet string

func (e notYet) Error() string { return string(e) }

// Hint says what to do about it.
func (notYet) Hint() string { return "declare it in a cell of its own, then call again" }

// outOfRange fails for an index.
func outOfRange(i, n int) {
	if i < 0 {
		panic(runtimeError(fmt.Sprintf("index out of range [%d]", i)))
	}
	panic(runtimeError(fmt.Sprintf("index out of range [%d] with length %d", i, n)))
}

// badSlice fails for a slice expression: bounded tells whether it has an upper bound, ofSlice whether most is a
// capacity.
func badSlice(low, high, most int, bounded, ofSlice bool) {
	what := "length"
	if ofSlice && bounded {
		what = "capacity"
	}
	switch {
	case bounded && high > most:
		panic(runtimeError(fmt.Sprintf("slice bounds out of range [:%d] with %s %d", high, what, most)))
	case bounded:
		panic(runtimeError(fmt.Sprintf("slice bounds out of range [%d:%d]", low, high)))
	}
	panic(runtimeError(fmt.Sprintf("slice bounds out of range [%d:%d]", low, high)))
}

func negativeShift() { panic(runtimeError("negative shift amount")) }

// buffer checks the size of a channel's buffer.
func buffer(n, size int) int {
	if n < 0 {
		panic(runtimeError("makechan: size out of range"))
	}
	return room(n, size)
}

// runes gives where the runes of a string begin, and what they are.
func runes(s string) (at []int, rs []rune) {
	n := utf8.RuneCountInString(s)
	at, rs = make([]int, 0, n), make([]rune, 0, n)
	for i, r := range s {
		at, rs = append(at, i), append(rs, r)
	}
	return at, rs
}
