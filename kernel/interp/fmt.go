package interp

import (
	"fmt"
	"go/types"
	"io"
	"strings"
	"unicode/utf8"
)

// formatting replaces those functions of fmt that take a format: fmt itself answers %T without asking the value.
var formatting = map[string]any{
	"Sprintf": func(format string, args ...any) string {
		format, args = named(format, args)
		return fmt.Sprintf(format, args...)
	},
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

// named rewrites each %T of a boxed value to the name of its type.
func named(format string, args []any) (string, []any) {
	if !strings.Contains(format, "T") || !strings.Contains(format, "%") {
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
		end, stars := verbEnd(format, i+1)
		verb, size := utf8.DecodeRuneInString(format[end:])
		n += stars
		out.WriteString(format[i:end])
		switch b, ok := boxAt(args, n); {
		case verb == 'T' && ok:
			args[n] = b.T.String()
			out.WriteByte('s')
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
	if n >= len(args) {
		return Box{}, false
	}
	b, ok := unwrap(args[n]).(Box)
	return b, ok
}

// verbEnd finds the verb that flags, width and precision lead to, and how many arguments those take.
func verbEnd(format string, i int) (end, stars int) {
	for i < len(format) && strings.IndexByte("+-# 0123456789.*[]", format[i]) >= 0 {
		if format[i] == '*' {
			stars++
		}
		i++
	}
	return i, stars
}
