package interp

import (
	"bytes"
	"fmt"
	"go/types"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// formatting replaces those functions of fmt that look at their arguments' types.
var formatting = map[string]any{
	"Sprintf": func(format string, args ...any) string {
		format, args = named(format, args)
		return fmt.Sprintf(format, args...)
	},
	"Sprint": sprint,
	"Fprint": func(w io.Writer, args ...any) (int, error) {
		var b bytes.Buffer
		_, _ = spaced(&b, args) // a buffer takes everything
		return w.Write(b.Bytes())
	},
	"Append": func(b []byte, args ...any) []byte { return append(b, sprint(args...)...) },
	"Errorf": func(format string, args ...any) error {
		format, args = named(format, withErrors(args))
		return fmt.Errorf(format, args...)
	},
	"Fprintf": func(w io.Writer, format string, args ...any) (int, error) {
		format, args = named(format, args)
		return fmt.Fprintf(w, format, args...)
	},
	"Appendf": func(b []byte, format string, args ...any) []byte {
		format, args = named(format, args)
		return fmt.Appendf(b, format, args...)
	},
}

// withErrors gives boxed errors their method, for %w.
func withErrors(args []any) []any {
	out := append([]any(nil), args...)
	for i, a := range out {
		if b, ok := a.(Box); ok && implementsError(b) {
			out[i] = b.T.machine.wrapError(b)
		}
	}
	return out
}

func implementsError(b Box) bool { return types.Implements(b.T.Type, errorType) }

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// named rewrites each %T of a boxed value to the name of its type, and takes the value of each %p out of its box:
// fmt itself answers those two without asking the value.
func named(format string, args []any) (string, []any) {
	if !strings.Contains(format, "T") && !strings.Contains(format, "p") || !strings.Contains(format, "%") {
		return format, args
	}
	var out strings.Builder
	args = append([]any(nil), args...)
	n := 0
	for i := 0; i < len(format); {
		if format[i] != '%' {
			out.WriteByte(format[i])
			i++
			continue
		}
		end := verbEnd(format, i+1, &n)
		verb, size := utf8.DecodeRuneInString(format[end:])
		out.WriteString(format[i:end])
		switch b, ok := boxAt(args, n); {
		case verb == 'T' && ok:
			args[n] = b.T.String()
			out.WriteByte('s')
		case verb == 'p' && ok:
			args[n] = b.V
			out.WriteByte('p')
		default:
			out.WriteString(format[end : end+size])
		}
		if verb != '%' {
			n++
		}
		i = end + size
	}
	return out.String(), args
}

func boxAt(args []any, n int) (Box, bool) {
	if n < 0 || n >= len(args) {
		return Box{}, false
	}
	b, ok := unwrap(args[n]).(Box)
	return b, ok
}

// verbEnd finds the verb that flags, width, precision and argument indices lead to, and moves n to its argument.
func verbEnd(format string, i int, n *int) int {
	for i < len(format) {
		switch c := format[i]; {
		case c == '*':
			*n++
		case c == '[':
			end := strings.IndexByte(format[i:], ']')
			if end < 0 {
				return i
			}
			if k, err := strconv.Atoi(format[i+1 : i+end]); err == nil {
				*n = k - 1
			}
			i += end
		case strings.IndexByte("+-# 0123456789.", c) < 0:
			return i
		}
		i++
	}
	return i
}

// spaced prints values as fmt.Print does: with a space between two of which neither is a string.
func spaced(w io.Writer, args []any) (n int, err error) {
	for i, a := range args {
		if i > 0 && !stringKind(a) && !stringKind(args[i-1]) {
			k, err := io.WriteString(w, " ")
			if n += k; err != nil {
				return n, err
			}
		}
		k, err := fmt.Fprint(w, a)
		if n += k; err != nil {
			return n, err
		}
	}
	return n, nil
}

func stringKind(x any) bool {
	if b, ok := unwrap(x).(Box); ok {
		x = b.V
	}
	return x != nil && reflect.TypeOf(x).Kind() == reflect.String
}

func sprint(args ...any) string {
	var b strings.Builder
	_, _ = spaced(&b, args) // a builder takes everything
	return b.String()
}
