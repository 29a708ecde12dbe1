// Scorebook is a Jupyter kernel for Go whose cells hold the vocabulary of scores, rate matrices and Langevin
// models. The same binary is the kernel that Jupyter starts, and runs notebooks without Jupyter.
//
//	scorebook kernel FILE                                   what Jupyter calls
//	scorebook run [-o OUT] [-p name=value]... NOTEBOOK...   execute notebooks in this process
//	scorebook index FOLDER [MARKDOWN...]                    an index page of executed notebooks
//	scorebook install | uninstall                           the kernelspec
//	scorebook doctor                                        what works on this machine
//
// It exits with 0, with 1 when a cell or a check fails, and with 2 when it is used wrongly.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit statuses.
const (
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	os.Exit(execute(ctx, newEngine, os.Args[1:], os.Stdout, os.Stderr))
}

// execute runs the command line args, with cells run by newEngine's engines, and returns the exit status.
func execute(ctx context.Context, newEngine engineMaker, args []string, stdout, stderr io.Writer) int {
	root := newRoot(newEngine)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var failed *failure
	switch {
	case err == nil:
		return 0
	case errors.As(err, &failed):
		fmt.Fprintln(stderr, "scorebook:", failed.err)
		return exitFailed
	default:
		fmt.Fprintln(stderr, "scorebook:", err)
		fmt.Fprintln(stderr, "Try: scorebook --help")
		return exitUsage
	}
}

func newRoot(newEngine engineMaker) *cobra.Command {
	root := &cobra.Command{
		Use:           "scorebook",
		Short:         "A Jupyter kernel for Go that speaks scores, rate matrices and Langevin models",
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate(versionLine() + "\n")
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(kernelCommand(newEngine), runCommand(newEngine),
		indexCommand(), installCommand(), uninstallCommand(), doctorCommand(newEngine), versionCommand())
	return root
}

// failure is an error of the work that was asked for; every other error is a wrong use of the command line.
type failure struct{ err error }

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// work wraps what a command does, so that its errors count as failures.
func work(do func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := do(cmd, args); err != nil {
			return &failure{err}
		}
		return nil
	}
}
