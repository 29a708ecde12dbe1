package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"scorebook/kernel/server"
	"scorebook/kernel/server/enginetest"
)

// command runs a command line, with cells that are scripts of enginetest, and returns its exit status and both streams.
func command(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = execute(context.Background(), scripts, args, &out, &errs)
	return status, out.String(), errs.String()
}

func scripts() (server.Engine, error) { return &enginetest.Engine{}, nil }

// commandOnGo is command with real cells.
func commandOnGo(t *testing.T, args ...string) (status int, stdout string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = execute(context.Background(), newEngine, args, &out, &errs)
	return status, out.String() + errs.String()
}

func TestWrongUsageExitsWithTwo(t *testing.T) {
	for _, args := range [][]string{
		{"compile"},
		{"version", "now"},
		{"kernel"},
		{"run"},
		{"run", "no such notebook.ipynb"},
		{"install", "--everywhere"},
		{"install", "--system", "--prefix", t.TempDir()},
	} {
		status, _, stderr := command(t, args...)
		if status != exitUsage || !strings.Contains(stderr, "scorebook --help") {
			t.Errorf("scorebook %s: status %d, stderr %q; want %d and a pointer to the help",
				strings.Join(args, " "), status, stderr, exitUsage)
		}
	}
}

func TestVersionIsPrintedBothWays(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"--version"}} {
		status, stdout, _ := command(t, args...)
		if status != 0 || !strings.HasPrefix(stdout, "scorebook "+version+" (go") {
			t.Errorf("scorebook %s: status %d, %q", args[0], status, stdout)
		}
	}
}

func TestBareCommandShowsHelp(t *testing.T) {
	status, stdout, _ := command(t)
	for _, name := range []string{"kernel", "run", "install", "uninstall", "doctor", "version"} {
		if !strings.Contains(stdout, "\n  "+name+" ") {
			t.Errorf("help does not list %q (status %d)", name, status)
		}
	}
}
