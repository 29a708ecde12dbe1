package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"scorebook/kernel/notebook"
	"scorebook/kernel/prelude"
	"scorebook/kernel/server"
)

// runOrder is what the command line of run asks for.
type runOrder struct {
	names       []string
	out         string
	assignments []string
	compare     bool
	record      string
}

func runCommand(newEngine engineMaker) *cobra.Command {
	var order runOrder
	cmd := &cobra.Command{
		Use:   "run NOTEBOOK|FOLDER...",
		Short: "Execute notebooks without Jupyter",
		Long: "Execute notebooks in this process and write their outputs back. A notebook stops at the first cell that\n" +
			"fails, and keeps what it has shown till then. Of a folder all notebooks are executed, those of its folders too.\n" +
			"The exit status is 1 when a cell or a check fails.",
		Example: "  scorebook run -o result.ipynb -p steps=1000000 notebook.ipynb\n" +
			"  scorebook run --compare notebooks   # are the values of the stored checks still reached?",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			order.names = args
			runs, err := planRuns(order)
			if err != nil {
				return err
			}
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt)
			defer stop()
			return runAll(ctx, runs, newEngine, cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&order.out, "out", "o", "", "write the executed notebook there; for several, a folder (default: over the notebook)")
	flags.StringArrayVarP(&order.assignments, "parameter", "p", nil, "name=value, for the cell tagged \"parameters\"; may be repeated")
	flags.BoolVar(&order.compare, "compare", false, "write nothing, and fail when a check's value is not the stored one")
	flags.StringVar(&order.record, "record", "", "note in this file how long each notebook took and what came of it")
	return cmd
}

// plannedRun is one notebook, read and found good, and where it goes. All paths are absolute.
type plannedRun struct {
	name       string // as the user wrote it
	from, to   string
	notebook   *notebook.Notebook
	stored     *notebook.Notebook // to compare with, or nil
	record     string             // or ""
	parameters []notebook.Parameter
}

// planRuns reads everything before anything runs, so that a slip in the last argument costs no time.
func planRuns(order runOrder) ([]plannedRun, error) {
	var parameters []notebook.Parameter
	for _, text := range order.assignments {
		p, err := notebook.ParseParameter(text)
		if err != nil {
			return nil, err
		}
		parameters = append(parameters, p)
	}
	if order.compare && order.out+order.record != "" {
		return nil, errors.New("with --compare nothing is written, so there is no place for --out and --record")
	}
	names, err := notebooksAt(order.names)
	if err != nil {
		return nil, err
	}
	if order.record != "" {
		if order.record, err = filepath.Abs(order.record); err != nil {
			return nil, err
		}
	}
	var runs []plannedRun
	for _, name := range names {
		r := plannedRun{name: name, parameters: parameters, record: order.record}
		if err := r.read(order, len(names) > 1); err != nil {
			return nil, err
		}
		runs = append(runs, r)
	}
	return runs, nil
}

// read reads the notebook and finds where it goes.
func (r *plannedRun) read(order runOrder, several bool) (err error) {
	if r.from, err = filepath.Abs(r.name); err != nil {
		return err
	}
	if r.to, err = destination(r.from, order.out, several); err != nil {
		return err
	}
	if r.notebook, err = notebook.Read(r.from); err != nil || !order.compare {
		return err
	}
	r.stored, err = notebook.Read(r.from)
	return err
}

// notebooksAt replaces each folder by the notebooks in and below it, without hidden ones.
func notebooksAt(names []string) ([]string, error) {
	var found []string
	for _, name := range names {
		if info, err := os.Stat(name); err != nil || !info.IsDir() {
			found = append(found, name) // what is wrong with it, reading it will say
			continue
		}
		before := len(found)
		err := filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() && path != name && strings.HasPrefix(d.Name(), ".") {
				return fs.SkipDir
			}
			if err == nil && !d.IsDir() && filepath.Ext(path) == ".ipynb" && !strings.HasPrefix(d.Name(), ".") {
				found = append(found, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		if len(found) == before {
			return nil, fmt.Errorf("there is no notebook in the folder %s", name)
		}
	}
	return found, nil
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
	var done []outcome
	failed := 0
	for _, r := range runs {
		o, err := r.run(ctx, newEngine, newScreen(out))
		if err != nil {
			return err
		}
		if done = append(done, o); !o.ok() {
			failed++
		}
		if ctx.Err() != nil {
			return &failure{errors.New("stopped")}
		}
	}
	if len(runs) > 1 {
		writeSummary(out, done)
	}
	if failed > 0 {
		return &failure{fmt.Errorf("%d of %s failed", failed, plural(len(runs), "notebook"))}
	}
	return nil
}

// run runs one notebook in its own folder, as Jupyter does, and writes it even when it fails. The error is of one
// that could not be run at all.
func (r plannedRun) run(ctx context.Context, newEngine engineMaker, s *screen) (outcome, error) {
	engine, err := newEngine()
	if err != nil {
		return outcome{}, &failure{err}
	}
	if err := os.Chdir(filepath.Dir(r.from)); err != nil {
		return outcome{}, &failure{err}
	}
	s.title(r.name)
	began := time.Now()
	report, err := notebook.Run(ctx, r.notebook, engine, notebook.Options{
		Server: server.Options{Version: version, Renderer: prelude.Renderer()}, Parameters: r.parameters, Watch: s,
	})
	if err != nil {
		return outcome{}, err
	}
	o := outcome{name: r.name, report: report, took: time.Since(began)}
	if r.stored != nil {
		o.differences = r.stored.Differences(report.Checks)
		s.compared(o)
		return o, nil
	}
	if err := r.notebook.Write(r.to); err != nil {
		return outcome{}, &failure{err}
	}
	s.summary(report, r.to)
	if r.record != "" && o.ok() {
		if err := note(r.record, r.from, r.notebook.Stamp(), o); err != nil {
			return outcome{}, &failure{err}
		}
	}
	return o, nil
}
