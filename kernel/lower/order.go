package lower

import (
	"bytes"
	"strings"
)

// Some expressions need statements before them: a call whose several results are handed on, a literal that gets a
// name. Those statements must not run before what stands to the left of the expression, nor when && and || pass it
// over.

// captured takes the lines back that write wrote, and gives them.
func (f *fn) captured(write func()) string {
	at := f.out.Len()
	write()
	lines := string(f.out.Bytes()[at:])
	f.out.Truncate(at)
	return lines
}

// inOrder writes operands so that they are computed from left to right, whatever statements some of them need.
func (f *fn) inOrder(n int, write func(i int) string) []string {
	out := make([]string, n)
	for i := range out {
		at := f.out.Len()
		out[i] = write(i)
		if f.out.Len() > at {
			f.keep(out[:i], at)
		}
	}
	return out
}

// keep computes operands into temporaries before the lines that were written since at.
func (f *fn) keep(operands []string, at int) { f.keepThose(effective, operands, at) }

func (f *fn) keepThose(which func(string) bool, operands []string, at int) {
	var before bytes.Buffer
	for i, s := range operands {
		if !which(s) {
			continue
		}
		t := f.temp()
		before.WriteString(strings.Repeat("\t", f.depth) + t + " := " + strings.TrimSuffix(s, "...") + "\n")
		if operands[i] = t; strings.HasSuffix(s, "...") {
			operands[i] += "..."
		}
	}
	if before.Len() == 0 {
		return
	}
	since := bytes.Clone(f.out.Bytes()[at:])
	f.out.Truncate(at)
	f.out.Write(before.Bytes())
	f.out.Write(since)
}

// changeable reports a text that an assignment elsewhere in the same expression may change: an element, or what is
// behind a pointer.
func changeable(s string) bool {
	return effective(s) || strings.ContainsAny(s, "[*") && !strings.HasPrefix(s, "func(")
}

// effective reports a text whose place in the order can be seen: it calls something.
func effective(s string) bool {
	return strings.Contains(s, "(") && !strings.HasPrefix(s, "func(")
}

// shortCircuit writes x && y and x || y.
func (f *fn) shortCircuit(x, op string, y func() string) string {
	right := ""
	lines := f.captured(func() { right = y() })
	if lines == "" {
		return "(" + x + " " + op + " " + right + ")"
	}
	t, guard := f.temp(), map[string]string{"&&": "", "||": "!"}[op]
	f.line("%s := %s", t, x)
	f.open("if %s%s {", guard, t)
	f.out.WriteString(lines)
	f.line("%s = %s", t, right)
	f.close("}")
	return t
}

// alone writes an expression that needs statements as one that stands by itself.
func (f *fn) alone(typ string, write func() string) string {
	text := ""
	lines := f.captured(func() { text = write() })
	if lines == "" {
		return text
	}
	return "func() " + typ + " {\n" + lines + "return " + text + "\n}()"
}
