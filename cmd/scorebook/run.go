package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/spf13/cobra"

	"scorebook/kernel/notebook"
	"scorebook/kernel/prelude"
	"scorebook/kernel/server"
)

func runCommand(newEngine engineMaker) *cobra.Command {
	var out string
	var assignments []string
	cmd := &cobra.Command{
		Use:   "run NOTEBOOK...",
		Short: "Execute notebooks without Jupyter",
		Long: "Execute notebooks in this process and write their outputs back. A notebook stops at the first cell that\n" +
			"fails, and keeps what it has shown till then. The exit status is 1 when a cell or a check fails.",
		Example: "  scorebook run -o result.ipynb -p steps=1000000 notebook.ipynb",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			runs, err := planRuns(args, out, assignments)
			if err != nil {
				return err
			}
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt)
			defer stop()
			return runAll(ctx, runs, newEngine, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVarP(&out, "out", "o", "", "write the executed notebook there; for several, a folder (default: over the notebook)")
	cmd.Flags().StringArrayVarP(&assignments, "parameter", "p", nil, "name=value, for the cell tagged \"parameters\"; may be repeated")
	return cmd
}

// plannedRun is one notebook, read and found good, and where it goes. Both paths are absolute.
type plannedRun struct {
	name       string // as the user wrote it
	from, to   string
	notebook   *notebook.Notebook
	parameters []notebook.Parameter
}

// planRuns reads everything before anything runs, so that a slip in the last argument costs no time.
func planRuns(names []string, out string, assignments []string) ([]plannedRun, error) {
	var parameters []notebook.Parameter
	for _, text := range assignments {
		p, err := notebook.ParseParameter(text)
		if err != nil {
			return nil, err
		}
		parameters = append(parameters, p)
	}
	var runs []plannedRun
	for _, name := range names {
		from, err := filepath.Abs(name)
		if err != nil {
			return nil, err
		}
		to, err := destination(from, out, len(names) > 1)
		if err != nil {
			return nil, err
		}
		n, err := notebook.Read(from)
		if err != nil {
			return nil, err
		}
		runs = append(runs, plannedRun{name: name, from: from, to: to, notebook: n, parameters: parameters})
	}
	return runs, nil
}

func destination(from, out string, several bool) (string, error) {
	if out == "" {
		return from, nil
	}
	out, err := filepath.Abs(out)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(out)
	isFolder := err == nil && info.IsDir()
	switch {
	case isFolder:
		return filepath.Join(out, filepath.Base(from)), nil
	case several:
		return "", fmt.Errorf("several notebooks cannot go to one file: %s is not a folder", out)
	}
	if info, err := os.Stat(filepath.Dir(out)); err != nil || !info.IsDir() {
		return "", fmt.Errorf("the folder of %s is not there", out)
	}
	return out, nil
}

// runAll runs each notebook in a session of its own. What fails in one does not keep the next from running.
func runAll(ctx context.Context, runs []plannedRun, newEngine engineMaker, out io.Writer) error {
	failed := 0
	for _, r := range runs {
		ok, err := r.run(ctx, newEngine, newScreen(out))
		if err != nil {
			return err
		}
		if !ok {
			failed++
		}
		if ctx.Err() != nil {
			return &failure{errors.New("stopped")}
		}
	}
	if failed > 0 {
		return &failure{fmt.Errorf("%d of %s failed", failed, plural(len(runs), "notebook"))}
	}
	return nil
}

// run runs one notebook in its own folder, as Jupyter does, and writes it even when it fails. The error is of one
// that could not be run at all.
func (r plannedRun) run(ctx context.Context, newEngine engineMaker, s *screen) (ok bool, err error) {
	engine, err := newEngine()
	if err != nil {
		return false, &failure{err}
	}
	if err := os.Chdir(filepath.Dir(r.from)); err != nil {
		return false, &failure{err}
	}
	s.title(r.name)
	report, err := notebook.Run(ctx, r.notebook, engine, notebook.Options{
		Server: server.Options{Version: version, Renderer: prelude.Renderer()}, Parameters: r.parameters, Watch: s,
	})
	if err != nil {
		return false, err
	}
	if err := r.notebook.Write(r.to); err != nil {
		return false, &failure{err}
	}
	s.summary(report, r.to)
	return report.OK(), nil
}
