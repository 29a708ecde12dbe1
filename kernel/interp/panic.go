package interp

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
)

// runtimeError is a failure that Go's own run time would report, in its words.
type runtimeError string

func (e runtimeError) Error() string { return "runtime error: " + string(e) }
func (runtimeError) RuntimeError()   {}

// conversionError is a failed type assertion.
type conversionError string

func (e conversionError) Error() string { return string(e) }
func (conversionError) RuntimeError()   {}

// nilDereference is what following a nil pointer is.
const nilDereference = runtimeError("invalid memory address or nil pointer dereference")

// reflected gives Go's own words for what package reflect says on behalf of interpreted code.
var reflected = []struct{ begins, means string }{
	{"reflect: slice index out of range", "index out of range"},
	{"reflect: array index out of range", "index out of range"},
	{"reflect: string index out of range", "index out of range"},
	{"reflect.Value.Slice: slice index out of bounds", "slice bounds out of range"},
	{"reflect.Value.Slice: string slice index out of bounds", "slice bounds out of range"},
	{"reflect.Value.Slice3: slice index out of bounds", "slice bounds out of range"},
	{"reflect.MakeSlice: len > cap", "makeslice: cap out of range"},
	{"reflect: cannot convert slice with length", "cannot convert slice with length"},
	{"reflect.Value.Call: call of nil function", string(nilDereference)},
	{"reflect: Call using zero Value argument", string(nilDereference)},
	{"reflect.Value.Addr of unaddressable value", string(nilDereference)},
	{"reflect: Method on nil interface value", string(nilDereference)},
	{"reflect: indirection through nil pointer", string(nilDereference)},
}

// ofArrays words a failed conversion of a slice as Go does, which names both conversions at once.
var ofArrays = strings.NewReplacer(" to pointer to array ", " to array or pointer to array ", " to array ", " to array or pointer to array ")

// inGo gives the value that the same panic would have in compiled Go.
func inGo(r any) any {
	switch v := unwrap(r).(type) {
	case *reflect.ValueError:
		if v.Kind == reflect.Invalid {
			return nilDereference
		}
	case runtime.Error:
		if of, ok := strings.CutPrefix(v.Error(), "hash of unhashable type: "); ok {
			return runtimeError("hash of unhashable type " + of)
		}
	case string:
		for _, known := range reflected {
			if rest, ok := strings.CutPrefix(v, known.begins); ok {
				return runtimeError(known.means + ofArrays.Replace(rest))
			}
		}
	}
	return unwrap(r)
}

// panicText words a panic as Go does.
func panicText(r any) string {
	switch v := inGo(r).(type) {
	case runtime.Error:
		return v.Error()
	case error:
		return v.Error()
	case string:
		return v
	case Box:
		return panickedBox(v)
	default:
		return fmt.Sprint(v)
	}
}

// panickedBox words a value of a user's type: by its own Error, or as type and value.
func panickedBox(b Box) string {
	if implementsError(b) {
		return b.T.machine.wrapError(b).Error()
	}
	return fmt.Sprintf("%s(%v)", b.T, b)
}
