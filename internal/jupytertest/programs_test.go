package jupytertest

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// outside returns the value of an environment variable that names a program the test needs.
func outside(t *testing.T, variable string) string {
	t.Helper()
	value := os.Getenv(variable)
	if value != "" {
		return value
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is not set, and in CI no test is left out; ./test.sh sets it", variable)
	}
	t.Skipf("%s is not set; ./test.sh sets it", variable)
	return ""
}

// root is the checkout.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

var building struct {
	sync.Mutex
	binary string
}

// TestMain removes the binary that the first test built.
func TestMain(m *testing.M) {
	status := m.Run()
	if building.binary != "" {
		os.RemoveAll(filepath.Dir(building.binary))
	}
	os.Exit(status)
}

// scorebook builds the binary once and returns its path.
func scorebook(t *testing.T) string {
	t.Helper()
	building.Lock()
	defer building.Unlock()
	if building.binary != "" {
		return building.binary
	}
	dir, err := os.MkdirTemp("", "scorebook")
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "scorebook")
	build := exec.Command("go", "build", "-o", binary, "./cmd/scorebook")
	build.Dir = root(t)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	building.binary = binary
	return binary
}

// call runs a program to its end and returns what it printed; a failure of the program fails the test.
func call(t *testing.T, limit time.Duration, cmd *exec.Cmd) (stdout string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := runFor(t, limit, cmd); err != nil {
		t.Fatalf("%s: %v\n%s\n%s", cmd, err, tail(out.String()), tail(errs.String()))
	}
	return out.String()
}

// runFor starts cmd and kills it when the limit or the test's own deadline has passed.
func runFor(t *testing.T, limit time.Duration, cmd *exec.Cmd) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	if err := cmd.Start(); err != nil {
		return err
	}
	kill := context.AfterFunc(ctx, func() { cmd.Process.Kill() })
	defer kill()
	err := cmd.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// tail keeps the end of a long output.
func tail(s string) string {
	const most = 4000
	if len(s) > most {
		return "…" + s[len(s)-most:]
	}
	return s
}
