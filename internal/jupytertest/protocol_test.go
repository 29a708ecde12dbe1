package jupytertest

import (
	"encoding/json"
	"strings"
	"testing"
)

const (
	interruptTries = "50"
	interruptLimit = 100 // ms from an interrupt to idle, in the median
)

// TestProtocol is what Jupyter's own test leaves out: the order of messages, silent cells, user expressions, aborted cells,
// input, comms, control, magics, displays, interrupts and shutdown.
func TestProtocol(t *testing.T) {
	out := call(t, limitProtocol, newJupyter(t).script("protocol.py", kernelName, interruptTries))
	var medians map[string]float64
	if err := json.Unmarshal([]byte(out), &medians); err != nil {
		t.Fatalf("%v in %q", err, tail(out))
	}
	for what, median := range medians {
		t.Logf("%s: %.1f ms to idle, the median of %s", what, median, interruptTries)
		if median > interruptLimit {
			t.Errorf("%s: interrupted after %.0f ms in the median, want at most %d", what, median, interruptLimit)
		}
	}
}

func TestJupyterConsole(t *testing.T) {
	cmd := newJupyter(t).command("-m", "jupyter_console", "--kernel", kernelName, "--simple-prompt")
	cmd.Stdin = strings.NewReader("x := 6\nfmt.Println(\"printed\", x)\nx * 7\nnope\n!echo from the shell\n")
	var shown strings.Builder
	cmd.Stdout, cmd.Stderr = &shown, &shown
	if err := runFor(t, limitProtocol, cmd); err != nil {
		t.Fatalf("%v\n%s", err, tail(shown.String()))
	}
	out := shown.String()
	for _, want := range []string{"printed 6", "Out[3]: 42", "NameError", "from the shell"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in what the console shows:\n%s", want, tail(out))
		}
	}
}

func TestNbconvertExecutes(t *testing.T) {
	j := newJupyter(t)
	dir := t.TempDir()
	writeNotebook(t, dir+"/plain.ipynb", "x := 21", "x * 2", "Check(\"x\", float64(x), Below(30))")
	call(t, limitProtocol, j.command("-m", "nbconvert", "--to", "notebook", "--execute",
		"--ExecutePreprocessor.kernel_name="+kernelName, "--output", "executed.ipynb", dir+"/plain.ipynb"))
	n := readNotebook(t, dir+"/executed.ipynb")
	if got := string(n.Cells[1].Outputs[0].Data["text/plain"]); !strings.Contains(got, "42") {
		t.Errorf("the second cell shows %s", got)
	}
	if checks := n.checks(t); len(checks) != 1 || !checks[0].OK {
		t.Errorf("checks %v", checks)
	}
}
