package celltest

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"scorebook/kernel/cell"
)

// An Engine is one session.
type Engine interface {
	Evaluate(ctx context.Context, src cell.Source, streams cell.Streams) (cell.Result, error)
}

// patience is how long a case may take.
const patience = 20 * time.Second

// Run runs the case in a fresh session and fails the test when it does not yield what is wanted.
func (c Case) Run(t *testing.T, fresh func() (Engine, error)) {
	t.Helper()
	engine, err := fresh()
	if err != nil {
		t.Fatal(err)
	}
	got, last := c.Yield(engine)
	if problem := c.compare(got, last); problem != "" {
		t.Errorf("%s\n%s\ncells:\n%s\ngot:\n%s", problem, c.Rule, indented(strings.Join(c.Cells, "\n--\n")), indented(got))
	}
	alive := Case{Cells: []string{"1 + 1"}}
	if answer, err := alive.yieldFrom(engine, len(c.Cells)); err != nil || answer != "=> 2\n" {
		t.Errorf("the session does not answer any more: %q, %v", answer, err)
	}
}

// Yield runs the cells and gives what they yield together, and how the last one failed.
func (c Case) Yield(engine Engine) (string, error) { return c.yieldFrom(engine, 0) }

func (c Case) yieldFrom(engine Engine, number int) (string, error) {
	var all strings.Builder
	var last error
	stdin := strings.NewReader(c.Stdin)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel() // not after each cell: its goroutines live on
	for i, text := range c.Cells {
		var printed bytes.Buffer
		r, err := engine.Evaluate(ctx, cell.Source{Number: number + i + 1, Text: text},
			cell.Streams{Stdout: &printed, Stderr: &printed, Stdin: stdin})
		all.WriteString(ended(printed.String()))
		switch {
		case err != nil:
			fmt.Fprintf(&all, "error: %v\n", err)
		case r.Shown && !r.Quiet:
			fmt.Fprintf(&all, "=> %v\n", r.Value)
		}
		last = err
	}
	return all.String(), last
}

// ended ends the last line of a text.
func ended(s string) string {
	if s != "" && !strings.HasSuffix(s, "\n") {
		return s + "\n"
	}
	return s
}

// compare is "" when the case yielded what is wanted.
func (c Case) compare(got string, last error) string {
	switch c.Match {
	case Exact:
		if strings.TrimSpace(got) != strings.TrimSpace(c.Want) {
			return "want:\n" + indented(c.Want)
		}
		return ""
	case Fails:
		if last == nil {
			return "the last cell should have failed"
		}
		got = said(last)
	}
	for line := range strings.Lines(c.Want) {
		if line = strings.TrimRight(line, "\n"); !strings.Contains(got, line) {
			return fmt.Sprintf("want somewhere: %q in %q", line, got)
		}
	}
	return ""
}

// said is all that an error tells the user, without colours' help.
func said(err error) string {
	e, ok := err.(*cell.Error)
	if !ok {
		return err.Error()
	}
	text := e.Error()
	for _, d := range e.Diagnostics {
		text += fmt.Sprintf("\ncell %d, line %d, column %d: %s\nhint: %s", d.Cell, d.Line, d.Column, d.Message, d.Hint)
	}
	return text
}

func indented(s string) string {
	return "\t" + strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n\t")
}
