package jupytertest

import (
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	limitQuickstart  = 10 * time.Minute
	limitConformance = 3 * time.Minute
	limitProtocol    = 3 * time.Minute
)

func quickstart(t *testing.T) string {
	return filepath.Join(root(t), "notebooks", "guide", "quickstart.ipynb")
}

var headless struct {
	sync.Mutex
	done     bool
	executed notebook
}

// runHeadless executes the quickstart once with `scorebook run`; that is what the front ends are compared with.
func runHeadless(t *testing.T) notebook {
	t.Helper()
	headless.Lock()
	defer headless.Unlock()
	if !headless.done {
		out := filepath.Join(t.TempDir(), "headless.ipynb")
		call(t, limitQuickstart, exec.Command(scorebook(t), "run", "-o", out, quickstart(t)))
		headless.executed, headless.done = readNotebook(t, out), true
	}
	return headless.executed
}

func TestNbclientYieldsTheSameChecks(t *testing.T) {
	j := newJupyter(t)
	out := filepath.Join(t.TempDir(), "nbclient.ipynb")
	call(t, limitQuickstart, j.script("execute.py", kernelName, quickstart(t), out))
	executed, want := readNotebook(t, out), runHeadless(t)
	sameChecks(t, executed.checks(t), want.checks(t))
	if executed.images() != want.images() {
		t.Errorf("%d images, want %d", executed.images(), want.images())
	}
}

// Three notebooks are run in JupyterLab: one by the quickstart's own comparison, and one of each paper against what is stored.
func TestQuickstartInJupyterLab(t *testing.T) {
	l := newJupyter(t).newLab(t)
	l.runsAsIn(t, quickstart(t), runHeadless(t))
}

func TestPapersInJupyterLab(t *testing.T) {
	j := newJupyter(t)
	for _, name := range []string{"langevin/decomposition.ipynb", "kgmm/gaussian_case.ipynb"} {
		t.Run(name, func(t *testing.T) {
			l := j.newLab(t) // of its own, for JupyterLab opens again what was open
			file := filepath.Join(root(t), "notebooks", filepath.FromSlash(name))
			l.runsAsIn(t, file, readNotebook(t, file))
		})
	}
}

// runsAsIn runs all cells of a notebook in the browser and compares what comes of it with an execution that is known.
func (l lab) runsAsIn(t *testing.T, file string, want notebook) {
	t.Helper()
	copied := filepath.Join(l.dir, filepath.Base(file))
	forgetKernel(t, file, copied)
	page := l.runAll(t, filepath.Base(file), displayName, limitQuickstart)
	saved := readNotebook(t, copied)

	if len(page.Errors) > 0 {
		t.Errorf("%s: errors on the page: %s", file, strings.Join(page.Errors, "\n"))
	}
	if page.Images != want.images() || page.Images == 0 {
		t.Errorf("%s: %d images on the page, want %d", file, page.Images, want.images())
	}
	sameChecks(t, saved.checks(t), want.checks(t))
	if ticks := strings.Count(page.Text, "✓"); ticks != len(want.checks(t)) || strings.Contains(page.Text, "✗") {
		t.Errorf("%s: %d ticks on the page for %d checks", file, ticks, len(want.checks(t)))
	}
}
