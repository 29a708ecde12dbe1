package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"scorebook/kernel/notebook"
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
		{"run", "--compare", "-o", t.TempDir(), file},
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

func TestRunOfAFolderEndsWithATable(t *testing.T) {
	folder := t.TempDir()
	for name, cells := range map[string][]string{
		"b.ipynb": {goodCheck}, "deep/a.ipynb": {goodCheck, badCheck}, "deep/c.ipynb": {"fail boom"}, ".hidden/d.ipynb": {"fail boom"}, "e.txt": nil,
	} {
		if err := os.MkdirAll(filepath.Join(folder, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(notebookFile(t, cells...), filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(folder)
	status, stdout, stderr := command(t, "run", ".")
	table := stdout[strings.LastIndex(stdout, "\n\n")+2:]
	for i, want := range []string{`^notebook +time +checks$`, `^b\.ipynb +\d+\.\d s +1 of 1  ✓$`, `^deep/a\.ipynb .*1 of 2  ✗ 1 check failed$`,
		`^deep/c\.ipynb .*0 of 0  ✗ cell 1: TestError$`, `^3 notebooks .* 2 of 3$`} {
		lines := strings.Split(table, "\n")
		if i >= len(lines) || !regexp.MustCompile(want).MatchString(filepath.ToSlash(lines[i])) {
			t.Fatalf("line %d of\n%swant %s", i+1, table, want)
		}
	}
	if status != exitFailed || !strings.Contains(stderr, "2 of 3 notebooks failed") {
		t.Errorf("status %d, %q", status, stderr)
	}
	if status, _, stderr := command(t, "run", t.TempDir()); status != exitUsage || !strings.Contains(stderr, "no notebook") {
		t.Errorf("an empty folder: status %d, %q", status, stderr)
	}
}

func TestRunComparesWithWhatIsStored(t *testing.T) {
	file := notebookFile(t, goodCheck)
	command(t, "run", file)
	stored, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if status, stdout, _ := command(t, "run", "--compare", file); status != 0 || !strings.Contains(stdout, "as stored: 1 of 1 cell run, 1 of 1 check with the stored value") {
		t.Errorf("status %d\n%s", status, stdout)
	}
	other := strings.ReplaceAll(string(stored), "0.01", "0.02") // in the source and in the stored check
	if err := os.WriteFile(file, []byte(strings.Replace(other, "0.02", "0.01", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	status, stdout, _ := command(t, "run", "--compare", file)
	if status != exitFailed || !strings.Contains(stdout, "✗ error of Φ: 0.02, stored 0.01") && !strings.Contains(stdout, "✗ error of Φ: 0.01, stored 0.02") {
		t.Errorf("status %d\n%s", status, stdout)
	}
	if now, err := os.ReadFile(file); err != nil || strings.Count(string(now), "0.02") != strings.Count(other, "0.02")-1 {
		t.Errorf("comparing changes the notebook: %v", err)
	}
}

func TestRunIsRecorded(t *testing.T) {
	file := notebookFile(t, goodCheck)
	record := filepath.Join(filepath.Dir(file), "record.json")
	if status, _, stderr := command(t, "run", "--record", record, file); status != 0 {
		t.Fatal(stderr)
	}
	r, err := readRecord(record)
	if err != nil {
		t.Fatal(err)
	}
	n, err := notebook.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := r["scripts.ipynb"]; got.Checks != 1 || got.Cells != 1 || got.Version != version || got.Cores < 1 || len(got.Day) != 10 {
		t.Errorf("%+v", got)
	}
	if why := r.stale("scripts.ipynb", n.Stamp()); why != "" {
		t.Error(why)
	}
	if r.stale("scripts.ipynb", notebook.Stamp{Sources: "others"}) == "" || r.stale("other.ipynb", n.Stamp()) == "" {
		t.Error("another notebook is taken for the recorded one")
	}
	bad := notebookFile(t, badCheck)
	command(t, "run", "--record", record, bad)
	if again, err := readRecord(record); err != nil || len(again) != 1 {
		t.Errorf("a run that failed is recorded: %v %v", again, err)
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
