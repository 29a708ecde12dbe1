package cell

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Diagnostic is one fault in a cell: where it is (line and column from 1, the column in bytes), what it is, and
// what to try.
type Diagnostic struct {
	Cell, Line, Column int
	Message            string
	Hint               string
	In                 string // the function, "" for the cell itself
}

// Error is a fault that is the user's to mend, as Jupyter shows it.
type Error struct {
	Name        string   // its kind, such as "TypeError" or "panic"
	Value       string   // one line
	Traceback   []string // lines with ANSI colours, ready to show
	Diagnostics []Diagnostic
}

// Error returns the name and the value.
func (e *Error) Error() string { return strings.TrimSpace(e.Name + ": " + e.Value) }

const (
	red, cyan, dim, bold, plain = "\x1b[31m", "\x1b[36m", "\x1b[2m", "\x1b[1m", "\x1b[0m"
)

// NewError words a failure of one cell with its diagnostics, each with the user's line and a caret.
func NewError(src Source, name string, ds ...Diagnostic) *Error {
	e := &Error{Name: name, Diagnostics: ds}
	for i, d := range ds {
		if i == 0 {
			e.Value = fmt.Sprintf("%s (cell %d, line %d, column %d)", d.Message, d.Cell, d.Line, d.Column)
		}
		e.Traceback = append(e.Traceback, d.lines(name, src)...)
	}
	return e
}

func (d Diagnostic) lines(name string, src Source) []string {
	out := []string{fmt.Sprintf("%s%s%s: %s", red+bold, name, plain, d.Message)}
	out = append(out, Frame(src, d.Line, d.Column, d.In)...)
	if d.Hint != "" {
		out = append(out, fmt.Sprintf("%shint:%s %s", cyan, plain, d.Hint))
	}
	return out
}

// Excerpt shows one line of a cell with a caret under a column; column 0 means no caret.
func Excerpt(src Source, line, column int) []string { return Frame(src, line, column, "") }

// Frame is an Excerpt that names the function the line is in.
func Frame(src Source, line, column int, in string) []string {
	if in != "" {
		in = ", in " + in
	}
	out := []string{fmt.Sprintf("%s  cell %d, line %d%s%s", dim, src.Number, line, in, plain)}
	lines := strings.Split(src.whole(), "\n")
	if line < 1 || line > len(lines) {
		return out
	}
	text := strings.TrimRight(lines[line-1], "\r")
	gutter := fmt.Sprintf("%4d │ ", line)
	out = append(out, dim+gutter+plain+strings.ReplaceAll(text, "\t", "    "))
	if column < 1 {
		return out
	}
	before := text[:min(column-1, len(text))]
	width := utf8.RuneCountInString(strings.ReplaceAll(before, "\t", "    "))
	pad := strings.Repeat(" ", utf8.RuneCountInString(gutter)+width)
	return append(out, pad+red+"^"+plain)
}
