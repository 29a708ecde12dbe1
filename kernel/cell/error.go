package cell

import "strings"

// Diagnostic is one fault in a cell: where it is, what it is, and what to try.
type Diagnostic struct {
	Cell, Line, Column int
	Message            string
	Hint               string
}

// Error is a fault that is the user's to mend, as Jupyter shows it.
type Error struct {
	Name        string   // its kind, such as "TypeError" or "panic"
	Value       string   // one line
	Traceback   []string // lines with ANSI colours, ready to show
	Diagnostics []Diagnostic
}

// Error returns the name, the value and nothing else.
func (e *Error) Error() string { return strings.TrimSpace(e.Name + ": " + e.Value) }
