package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/term"

	"scorebook/kernel/display"
	"scorebook/kernel/notebook"
)

// screen shows in the terminal how a notebook's run goes on: a line for each cell, and while one runs a line that is
// redrawn. Where the output is no terminal, only what is final is written, without colours.
type screen struct {
	out     io.Writer
	columns int // of the terminal; 0 when it is none
	began   time.Time
	cell    time.Time
	drawn   bool // the last line is to be redrawn
}

func newScreen(out io.Writer) *screen {
	s := &screen{out: out, began: time.Now()}
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		s.columns = 80
		if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
			s.columns = width
		}
	}
	return s
}

func (s *screen) title(name string) { s.line(name) }

// CellStarted says which cell runs.
func (s *screen) CellStarted(step notebook.Step) {
	s.cell = time.Now()
	s.redraw(stepLabel(step) + " " + firstWords(step.Source))
}

// CellProgressed redraws the line with the cell's progress.
func (s *screen) CellProgressed(step notebook.Step, text string) {
	if line, _, more := strings.Cut(strings.TrimSpace(text), "\n"); !more {
		s.redraw(stepLabel(step) + " " + line)
	}
}

// CellChecked shows a check's outcome for good.
func (s *screen) CellChecked(_ notebook.Step, c notebook.Check) { s.line("        " + sentence(c)) }

// CellEnded shows the cell with the time it took, and the error that ended it.
func (s *screen) CellEnded(step notebook.Step, f *notebook.Failure) {
	took := time.Since(s.cell)
	s.line(fmt.Sprintf("%s %6.1f s  %s", stepLabel(step), took.Seconds(), fit(firstWords(step.Source), 100)))
	if f == nil {
		return
	}
	traceback := strings.Join(f.Traceback, "\n")
	if traceback == "" {
		traceback = f.Name + ": " + f.Value
	}
	s.line(traceback)
}

// summary closes a notebook's run.
func (s *screen) summary(r notebook.Report, to string) {
	verdict := "passed"
	if !r.OK() {
		verdict = "FAILED"
	}
	s.line(fmt.Sprintf("%s: %d of %s run, %d of %s hold, %.1f s", verdict, r.Cells, plural(r.Of, "cell"),
		held(r.Checks), plural(len(r.Checks), "check"), time.Since(s.began).Seconds()))
	s.line("written to " + to)
}

// compared closes the run of a notebook whose checks were compared with the stored ones.
func (s *screen) compared(o outcome) {
	for _, d := range o.differences {
		s.line("        ✗ " + d)
	}
	verdict := "as stored"
	if !o.ok() {
		verdict = "FAILED"
	}
	s.line(fmt.Sprintf("%s: %d of %s run, %d of %s with the stored value, %.1f s", verdict, o.report.Cells, plural(o.report.Of, "cell"),
		len(o.report.Checks)-len(o.differences), plural(len(o.report.Checks), "check"), o.took.Seconds()))
}

func stepLabel(step notebook.Step) string { return fmt.Sprintf("[%3d/%d]", step.Number, step.Of) }

// sentence writes a check as a cell shows it.
func sentence(c notebook.Check) string {
	return display.Check{
		Name: c.Name, Value: c.Value, OK: c.OK,
		Criterion: display.Criterion{Relation: display.Relation(c.Relation), Bound: c.Bound, Tolerance: c.Tolerance},
	}.String()
}

// firstWords is the first line of a cell that says something.
func firstWords(source string) string {
	for line := range strings.Lines(source) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}

// ansi matches the colours of tracebacks.
var ansi = regexp.MustCompile("\x1b\\[[0-9;]*m")

// line writes text for good.
func (s *screen) line(text string) {
	s.erase()
	if s.columns == 0 {
		text = ansi.ReplaceAllString(text, "")
	}
	fmt.Fprintln(s.out, text)
}

// redraw writes text in the place of the line before, on one line of the terminal.
func (s *screen) redraw(text string) {
	if s.columns == 0 {
		return
	}
	s.erase()
	fmt.Fprint(s.out, fit(ansi.ReplaceAllString(text, ""), s.columns-1))
	s.drawn = true
}

func (s *screen) erase() {
	if s.drawn {
		fmt.Fprint(s.out, "\r\x1b[K")
		s.drawn = false
	}
}

// fit cuts text to a number of characters.
func fit(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:max(most-1, 0)]) + "…"
}
