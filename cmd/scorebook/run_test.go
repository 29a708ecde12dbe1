package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	goodCheck = `check {"name": "error of Φ", "value": 0.01, "relation": "<", "bound": 0.05, "ok": true}`
	badCheck  = `check {"name": "error of Φ", "value": 0.5, "relation": "<", "bound": 0.05, "ok": false}`
)

// notebookFile writes a notebook whose cells are scripts of enginetest.
func notebookFile(t *testing.T, cells ...string) string {
	t.Helper()
	list := []map[string]any{}
	for _, source := range cells {
		list = append(list, map[string]any{
			"cell_type": "code", "source": source, "outputs": []any{}, "execution_count": nil, "metadata": map[string]any{},
		})
	}
	content, err := json.Marshal(map[string]any{"cells": list, "metadata": map[string]any{}, "nbformat": 4, "nbformat_minor": 5})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "scripts.ipynb")
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Dir(file)) // a run changes folders; this takes the test back at its end
	return file
}

func TestRunStatus(t *testing.T) {
	for _, c := range []struct {
		cells  []string
		status int
		said   string
	}{
		{[]string{"set a 1", goodCheck + "\nget a"}, 0, "passed: 2 of 2 cells run, 1 of 1 check hold"},
		{[]string{goodCheck, badCheck}, exitFailed, "✗ error of Φ"},
		{[]string{"fail boom", "value 1"}, exitFailed, "FAILED: 1 of 2 cells run"},
	} {
		file := notebookFile(t, c.cells...)
		status, stdout, stderr := command(t, "run", file)
		if status != c.status || !strings.Contains(stdout, c.said) {
			t.Errorf("%q: status %d, want %d with %q\n%s%s", c.cells, status, c.status, c.said, stdout, stderr)
		}
	}
}

func TestRunWritesOutputsBack(t *testing.T) {
	file := notebookFile(t, "value 42", "fail boom")
	out := filepath.Join(t.TempDir(), "executed.ipynb")
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	command(t, "run", "-o", out, file)
	if after, err := os.ReadFile(file); err != nil || string(after) != string(before) {
		t.Errorf("with -o the notebook itself changes: %v", err)
	}
	executed, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"42"`, `"boom"`, `"version": "` + version + `"`} {
		if !strings.Contains(string(executed), want) {
			t.Errorf("the executed notebook lacks %s", want)
		}
	}
	command(t, "run", file)
	if after, err := os.ReadFile(file); err != nil || !strings.Contains(string(after), `"42"`) {
		t.Errorf("without -o the outputs are not written back: %v", err)
	}
}

func TestRunOfSeveralGoesOnAfterAFailure(t *testing.T) {
	bad := notebookFile(t, "fail boom")
	good := notebookFile(t, "value 42")
	if err := os.Rename(good, filepath.Join(filepath.Dir(good), "good.ipynb")); err != nil {
		t.Fatal(err)
	}
	good = filepath.Join(filepath.Dir(good), "good.ipynb")
	folder := t.TempDir()
	status, _, stderr := command(t, "run", "-o", folder, bad, good)
	if status != exitFailed || !strings.Contains(stderr, "1 of 2 notebooks failed") {
		t.Errorf("status %d, %q", status, stderr)
	}
	for _, name := range []string{"scripts.ipynb", "good.ipynb"} {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestRunRefusesBeforeItRuns(t *testing.T) {
	file := notebookFile(t, "value 42")
	for _, args := range [][]string{
		{"run", "-p", "steps", file},
		{"run", "-p", "steps=1", file}, // no cell is tagged
		{"run", "-o", filepath.Join(t.TempDir(), "missing", "out.ipynb"), file},
		{"run", "-o", filepath.Join(t.TempDir(), "out.ipynb"), file, file},
	} {
		status, _, stderr := command(t, args...)
		if status != exitUsage {
			t.Errorf("%q: status %d, want %d: %s", args, status, exitUsage, stderr)
		}
	}
	if content, err := os.ReadFile(file); err != nil || strings.Contains(string(content), `"42"`) {
		t.Errorf("something ran: %v", err)
	}
}

func TestFitCutsByCharacters(t *testing.T) {
	if got := fit("Φ = Ċ V⁻¹", 5); got != "Φ = …" {
		t.Errorf("fit: %q", got)
	}
	if got := fit("short", 5); got != "short" {
		t.Errorf("fit: %q", got)
	}
}
