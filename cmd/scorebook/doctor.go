package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"scorebook/kernel/native"
)

// grade says whether something works.
type grade int

const (
	works  grade = iota
	absent       // not there, and not needed by everybody
	broken       // there, or needed, and wrong
)

func (g grade) String() string { return [...]string{"ok", "--", "!!"}[g] }

// finding is one line of the doctor's report: what was looked at, what was found, and what to do about it.
type finding struct {
	grade  grade
	what   string
	found  string
	advice string // empty when nothing is to be done
}

func doctorCommand(newEngine engineMaker) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Say what works on this machine, what does not, and what to do",
		Args:  cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			return report(cmd.OutOrStdout(), examine(cmd.Context(), newEngine))
		}),
	}
}

// examine looks at everything in the order a user meets it.
func examine(ctx context.Context, newEngine engineMaker) []finding {
	findings := []finding{examineProgram(), examineProcessor(), examineNative(native.Available()), examineCell(ctx, newEngine)}
	jupyter := findJupyter(ctx)
	findings = append(findings, jupyter.finding())
	findings = append(findings, examineKernelspecs(jupyter.dataDirs)...)
	return append(findings, examinePython(ctx), examineGo(ctx))
}

// report prints the findings and fails when something is broken.
func report(out io.Writer, findings []finding) error {
	faults := 0
	for _, f := range findings {
		fmt.Fprintf(out, "%s  %-12s %s\n", f.grade, f.what, f.found)
		if f.advice != "" {
			fmt.Fprintf(out, "    %-12s %s\n", "", f.advice)
		}
		if f.grade == broken {
			faults++
		}
	}
	if faults == 0 {
		return nil
	}
	return errors.New(plural(faults, "thing") + " to mend, marked !! above")
}

func plural(n int, noun string) string {
	if n == 1 {
		return fmt.Sprintf("%d %s", n, noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
