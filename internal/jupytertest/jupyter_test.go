package jupytertest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const (
	kernelName  = "scorebook"
	displayName = "Go (scorebook)"
)

// jupyter is a Jupyter with folders of its own, in which the kernel is installed.
type jupyter struct {
	python string
	env    []string
}

func newJupyter(t *testing.T) jupyter {
	t.Helper()
	python := outside(t, "SCOREBOOK_JUPYTER")
	prefix := t.TempDir()
	install := exec.Command(scorebook(t), "install", "--prefix", prefix)
	call(t, time.Minute, install)
	return jupyter{python: python, env: append(os.Environ(),
		"JUPYTER_PATH="+filepath.Join(prefix, "share", "jupyter"),
		"JUPYTER_DATA_DIR="+filepath.Join(prefix, "data"),
		"JUPYTER_RUNTIME_DIR="+filepath.Join(prefix, "runtime"),
		"JUPYTER_CONFIG_DIR="+filepath.Join(prefix, "config"),
		"IPYTHONDIR="+filepath.Join(prefix, "ipython"),
		"PYTHONWARNINGS=ignore",
	)}
}

// script is a command that runs one of testdata's Python scripts.
func (j jupyter) script(name string, args ...string) *exec.Cmd {
	return j.command(append([]string{filepath.Join("testdata", name)}, args...)...)
}

// command runs Python.
func (j jupyter) command(args ...string) *exec.Cmd {
	cmd := exec.Command(j.python, args...)
	cmd.Env = j.env
	return cmd
}

// step is one cell to run in a session; InterruptAfter counts seconds from its start.
type step struct {
	Code           string   `json:"code"`
	InterruptAfter *float64 `json:"interrupt_after,omitempty"`
	Timeout        float64  `json:"timeout"`
}

func cell(code string) step { return step{Code: code, Timeout: 60} }

// message is what a cell showed: its type and the content as it was sent.
type message struct {
	Type    string
	Content struct {
		Name string
		Text string
		Data map[string]json.RawMessage
	}
}

type answer struct {
	Status    string
	Count     int
	Ename     string
	Evalue    string
	Traceback []string
	Messages  []message
	Seconds   float64
}

// session runs cells one after another in one new kernel.
func (j jupyter) session(t *testing.T, kernel string, steps ...step) []answer {
	t.Helper()
	order, err := json.Marshal(map[string]any{"kernel": kernel, "steps": steps})
	if err != nil {
		t.Fatal(err)
	}
	cmd := j.script("session.py")
	cmd.Stdin = strings.NewReader(string(order))
	var answers []answer
	if err := json.Unmarshal([]byte(call(t, 3*time.Minute, cmd)), &answers); err != nil {
		t.Fatal(err)
	}
	return answers
}

// plain returns the text/plain of the shown value, or what went to stdout when no value was shown.
func (a answer) plain() string {
	var printed strings.Builder
	for _, m := range a.Messages {
		if m.Type == "stream" && m.Content.Name == "stdout" {
			printed.WriteString(m.Content.Text)
		}
		var text string
		if m.Type == "execute_result" && json.Unmarshal(m.Content.Data["text/plain"], &text) == nil {
			return text
		}
	}
	return printed.String()
}
