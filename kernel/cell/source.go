package cell

import (
	"cmp"
	"io"
	"time"
)

// Source is one cell as the user sent it. Number is the execution count shown beside it.
type Source struct {
	Number int
	Text   string
	Whole  string // the cell that Text is a part of, line by line; "" when it is all of it
}

func (s Source) whole() string { return cmp.Or(s.Whole, s.Text) }

// Result is what a cell yields: the value of its last expression, when that is to be shown.
type Result struct {
	Value any
	Shown bool
	Quiet bool          // the value of a call made for what it prints, which nobody wants to see
	Type  string        // the static type, as the user would write it
	Took  time.Duration // of running, without checking and compiling
}

// Streams are where a running cell writes and reads.
type Streams struct {
	Stdout, Stderr io.Writer
	Stdin          io.Reader
}

// Completion lists what may stand at the cursor. Start and End are offsets in code points.
type Completion struct {
	Matches    []Match
	Start, End int
}

// Match is one completion with what it is and, for functions, how it is called.
type Match struct {
	Text, Kind, Signature string
}

// Inspection describes the name under the cursor, by MIME type.
type Inspection struct {
	Found bool
	Data  map[string]any
}

// Completeness says whether a cell may be run as it stands: complete, incomplete, invalid or unknown.
type Completeness struct {
	Status string
	Indent string
}

// Variable is one of a session's: its name, its type and, in a few words, what it holds.
type Variable struct {
	Name, Type, Value string
}

// Compilation says of one function, literal or loop whether it runs as machine code.
type Compilation struct {
	Name             string
	Cell, Line       int
	Native           bool
	Why              string // what prevents it
	WhyCell, WhyLine int    // where; 0 when nowhere in particular
}
