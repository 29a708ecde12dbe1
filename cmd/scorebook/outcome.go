package main

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"scorebook/kernel/notebook"
)

// outcome is what came of one notebook.
type outcome struct {
	name        string
	report      notebook.Report
	took        time.Duration
	differences []string // from the stored checks
}

func (o outcome) ok() bool { return o.report.OK() && len(o.differences) == 0 }

func held(checks []notebook.Check) int {
	count := 0
	for _, c := range checks {
		if c.OK {
			count++
		}
	}
	return count
}

// writeSummary writes a table with a line for each notebook, and their sum.
func writeSummary(out io.Writer, done []outcome) {
	rows := [][4]string{{"notebook", "time", "checks", ""}}
	var took time.Duration
	good, checks := 0, 0
	for _, o := range done {
		verdict := "✓"
		if !o.ok() {
			verdict = "✗ " + o.trouble()
		}
		n := held(o.report.Checks)
		rows = append(rows, [4]string{o.name, seconds(o.took), fmt.Sprintf("%d of %d", n, len(o.report.Checks)), verdict})
		took, good, checks = took+o.took, good+n, checks+len(o.report.Checks)
	}
	rows = append(rows, [4]string{plural(len(done), "notebook"), seconds(took), fmt.Sprintf("%d of %d", good, checks), ""})
	var widths [3]int
	for _, r := range rows {
		for i := range widths {
			widths[i] = max(widths[i], utf8.RuneCountInString(r[i]))
		}
	}
	fmt.Fprintln(out)
	for _, r := range rows {
		line := fmt.Sprintf("%-*s  %*s  %*s  %s", widths[0], r[0], widths[1], r[1], widths[2], r[2], r[3])
		fmt.Fprintln(out, strings.TrimRight(line, " "))
	}
}

// trouble says in a few words why a notebook failed.
func (o outcome) trouble() string {
	switch {
	case o.report.Failed != nil:
		return fmt.Sprintf("cell %d: %s", o.report.Failed.Cell, o.report.Failed.Name)
	case !o.report.OK():
		return plural(len(o.report.Checks)-held(o.report.Checks), "check") + " failed"
	}
	return "not as stored"
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
