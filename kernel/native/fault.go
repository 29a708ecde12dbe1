package native

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
)

// A fault is a way compiled code can fail.
type fault uint8

const (
	faultIndex fault = iota
	faultSliceAlen
	faultSliceAcap
	faultSliceB
	faultSlice3Alen
	faultSlice3Acap
	faultSlice3B
	faultSlice3C
	faultDivide
	faultShift
	faultMakeLen
	faultMakeCap
	faultPanic
	faultOverflow
	faultInterrupt
	faultMemory
	faultFar
)

// A Panic is what a compiled function panics with: Go's own message, and where. Value is the argument of
// panic(value) and nil for what the language itself finds wrong. Calls are the calls within compiled code that led
// there, the innermost first.
type Panic struct {
	Pos     token.Pos
	Calls   []token.Pos
	Message string
	Value   any
}

func (p *Panic) Error() string { return p.Message }

// RuntimeError marks a Panic as a runtime.Error.
func (p *Panic) RuntimeError() {}

// Interrupted is what a compiled function panics with when the session stops it.
type Interrupted struct{ Pos token.Pos }

func (Interrupted) Error() string { return "interrupted" }

// raise makes the value to panic with from a site and its figures.
func (s Site) raise(a, b int64) error {
	switch s.kind {
	case faultInterrupt:
		return Interrupted{s.Pos}
	case faultPanic:
		v := constantValue(s.value, s.typ)
		return &Panic{Pos: s.Pos, Message: fmt.Sprint(v), Value: v}
	case faultOverflow:
		return &Panic{Pos: s.Pos, Message: "stack overflow"}
	case faultMemory, faultFar:
		return &Panic{Pos: s.Pos, Message: "out of memory: compiled code reaches 4 GB of the heap"}
	}
	return &Panic{Pos: s.Pos, Message: "runtime error: " + s.message(a, b)}
}

var boundsMessages = map[fault]string{
	faultIndex:      "index out of range [%x] with length %y",
	faultSliceAlen:  "slice bounds out of range [:%x] with length %y",
	faultSliceAcap:  "slice bounds out of range [:%x] with capacity %y",
	faultSliceB:     "slice bounds out of range [%x:%y]",
	faultSlice3Alen: "slice bounds out of range [::%x] with length %y",
	faultSlice3Acap: "slice bounds out of range [::%x] with capacity %y",
	faultSlice3B:    "slice bounds out of range [:%x:%y]",
	faultSlice3C:    "slice bounds out of range [%x:%y:]",
}

var negativeMessages = map[fault]string{
	faultIndex:      "index out of range [%x]",
	faultSliceAlen:  "slice bounds out of range [:%x]",
	faultSliceAcap:  "slice bounds out of range [:%x]",
	faultSliceB:     "slice bounds out of range [%x:]",
	faultSlice3Alen: "slice bounds out of range [::%x]",
	faultSlice3Acap: "slice bounds out of range [::%x]",
	faultSlice3B:    "slice bounds out of range [:%x:]",
	faultSlice3C:    "slice bounds out of range [%x::]",
}

func (s Site) message(a, b int64) string {
	switch s.kind {
	case faultDivide:
		return "integer divide by zero"
	case faultShift:
		return "negative shift amount"
	case faultMakeLen:
		return "makeslice: len out of range"
	case faultMakeCap:
		return "makeslice: cap out of range"
	}
	format := boundsMessages[s.kind]
	if s.signed && a < 0 {
		format = negativeMessages[s.kind]
	}
	var out []byte
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			out = append(out, format[i])
			continue
		}
		i++
		switch {
		case format[i] == 'y':
			out = fmt.Append(out, b)
		case s.signed:
			out = fmt.Append(out, a)
		default:
			out = fmt.Append(out, uint64(a))
		}
	}
	return string(out)
}

// constantValue is the Go value of a constant panicked with.
func constantValue(v constant.Value, t types.Type) any {
	switch v.Kind() {
	case constant.String:
		return constant.StringVal(v)
	case constant.Bool:
		return constant.BoolVal(v)
	case constant.Float:
		return float(v)
	case constant.Int:
		if isFloat(basicOf(t)) {
			return float(v)
		}
		return int(integer(v))
	}
	return v.String()
}
