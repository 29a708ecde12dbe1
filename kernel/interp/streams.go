package interp

import (
	"io"

	"scorebook/kernel/cell"
)

// output writes to the running cell's streams.
type output struct {
	m      *machine
	stderr bool
}

func (o output) Write(p []byte) (int, error) {
	out := o.m.streams()
	w := out.Stdout
	if o.stderr {
		w = out.Stderr
	}
	return w.Write(p)
}

// input reads from the running cell's front end.
type input struct{ m *machine }

func (i input) Read(p []byte) (n int, err error) {
	r := i.m.streams().Stdin
	if r == nil {
		return 0, io.EOF
	}
	// While nobody has typed anything, the cell's other goroutines run.
	i.m.waitFor(func() { n, err = r.Read(p) })
	return n, err
}

func withDiscard(s cell.Streams) cell.Streams {
	if s.Stdout == nil {
		s.Stdout = io.Discard
	}
	if s.Stderr == nil {
		s.Stderr = io.Discard
	}
	return s
}
