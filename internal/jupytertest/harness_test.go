package jupytertest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// These tests try the tools of this package on ipykernel, a kernel that is known to work: what they report of
// Scorebook is worth no more than what they see there.

func TestSessionSeesResultsErrorsAndInterrupts(t *testing.T) {
	soon := 0.5
	answers := newJupyter(t).session(t, "python3",
		cell("x = 41"),
		cell("1 / 0"),
		step{Code: "while True: pass", InterruptAfter: &soon, Timeout: 30},
		cell("x + 1"),
		cell("print('hello')"))
	if got := answers[1]; got.Status != "error" || got.Ename != "ZeroDivisionError" {
		t.Errorf("error: %+v", got)
	}
	if got := answers[2]; got.Status != "error" || got.Ename != "KeyboardInterrupt" {
		t.Errorf("interrupt: %+v", got)
	}
	if answers[3].plain() != "42" || answers[4].plain() != "hello\n" {
		t.Errorf("shown %q and %q", answers[3].plain(), answers[4].plain())
	}
}

func TestBrowserSeesImagesAndErrors(t *testing.T) {
	const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
	l := newJupyter(t).newLab(t)
	writeNotebook(t, filepath.Join(l.dir, "harness.ipynb"),
		"from IPython.display import Image, display\nimport base64\nfor _ in range(2): display(Image(base64.b64decode('"+dot+"'), width=40))",
		"print('a tick: ✓')",
		"import time; time.sleep(1); 6 * 7",
		"raise ValueError('on purpose')",
		"print('never run')")
	page := l.runAll(t, "harness.ipynb", "Python 3 (ipykernel)", time.Minute)
	if page.Cells != 5 || page.Images != 2 || len(page.Errors) != 1 || !strings.Contains(page.Errors[0], "on purpose") {
		t.Errorf("page %+v, want 5 cells, 2 images and the error", page)
	}
	if !strings.Contains(page.Text, "a tick: ✓") || !strings.Contains(page.Text, "42") {
		t.Errorf("text %q", page.Text)
	}
	saved := readNotebook(t, filepath.Join(l.dir, "harness.ipynb"))
	if saved.images() != 2 {
		t.Errorf("the saved notebook has %d images, want 2", saved.images())
	}
}

// writeNotebook writes a notebook of code cells that names no kernel.
func writeNotebook(t *testing.T, file string, cells ...string) {
	t.Helper()
	var list []map[string]any
	for i, text := range cells {
		list = append(list, map[string]any{"cell_type": "code", "id": "cell-" + string(rune('a'+i)), "metadata": map[string]any{},
			"source": text, "outputs": []any{}, "execution_count": nil})
	}
	saveNotebook(t, file, map[string]any{"cells": list, "metadata": map[string]any{}, "nbformat": 4, "nbformat_minor": 5})
}

// forgetKernel copies a notebook without outputs and without the name of its kernel, so that a front end asks.
func forgetKernel(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	var n map[string]any
	if err := json.Unmarshal(content, &n); err != nil {
		t.Fatal(err)
	}
	n["metadata"] = map[string]any{}
	for _, c := range n["cells"].([]any) {
		c := c.(map[string]any)
		if c["cell_type"] == "code" {
			c["outputs"], c["execution_count"] = []any{}, nil
		}
	}
	saveNotebook(t, to, n)
}

func saveNotebook(t *testing.T, file string, n map[string]any) {
	t.Helper()
	content, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
