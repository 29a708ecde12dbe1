package notebook_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"scorebook/kernel/notebook"
)

// The golden file was written by Python's nbformat: what is read and not changed is written byte for byte as Jupyter does.
func TestWrittenAsJupyterDoes(t *testing.T) {
	want := golden(t, "written.ipynb")
	got, err := parse(t, want).Bytes()
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestMissingIDs(t *testing.T) {
	old := []byte(`{"nbformat":4,"nbformat_minor":2,"metadata":{},"cells":[
		{"cell_type":"code","source":["same"],"metadata":{},"outputs":[]},
		{"cell_type":"code","source":"same","id":"kept","metadata":{},"outputs":[]},
		{"cell_type":"code","source":"same","metadata":{},"outputs":[]}]}`)
	first, second := written(t, parse(t, old)), written(t, parse(t, old))
	if first.Minor != 5 || first.Cells[1].ID != "kept" {
		t.Errorf("%+v", first)
	}
	a, b := first.Cells[0].ID, first.Cells[2].ID
	if len(a) != 8 || len(b) != 8 || a == b {
		t.Errorf("ids %q and %q", a, b)
	}
	if a != second.Cells[0].ID {
		t.Error("the id of a cell changes from one reading to the next")
	}
}

func TestLaterMinorVersionsAreKept(t *testing.T) {
	if got := written(t, parse(t, []byte(`{"nbformat":4,"nbformat_minor":6,"metadata":{},"cells":[]}`))); got.Minor != 6 {
		t.Errorf("%+v", got)
	}
}

func TestNotANotebook(t *testing.T) {
	for raw, want := range map[string]string{
		``: "not a notebook", `[]`: "not a notebook", `{"cells":[]}`: "format", `{"nbformat":3}`: "jupyter nbconvert",
		`{"nbformat":4}`: "no cells", `{"nbformat":4,"cells":[1]}`: "cell 1", `{"nbformat":4,"cells":[]} x`: "not a notebook",
	} {
		if _, err := notebook.Parse([]byte(raw)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", raw, err)
		}
	}
	if _, err := notebook.Read(filepath.Join(t.TempDir(), "none.ipynb")); err == nil {
		t.Error("a file that is not there was read")
	}
}

func TestWriteReplacesTheFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.ipynb")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link.ipynb")
	if err := os.Symlink("a.ipynb", link); err != nil && runtime.GOOS != "windows" {
		t.Fatal(err)
	} else if err != nil {
		link = path
	}
	n := parse(t, text(code("value 1")))
	if err := n.Write(link); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(path); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if _, err := notebook.Read(path); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 2 {
		t.Errorf("%v %v", entries, err)
	}
	if err := n.Write(filepath.Join(dir, "none", "a.ipynb")); err == nil {
		t.Error("a file was written into a folder that is not there")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(text(code("value 1"), code("", "parameters")))
	f.Add([]byte(`{"nbformat":4,"cells":[{"source":[1,"a"],"id":3,"metadata":null}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, err := notebook.Parse(raw)
		if err != nil {
			return
		}
		once, err := n.Bytes()
		if err != nil || !json.Valid(once) {
			t.Fatalf("%v: %s", err, once)
		}
		if twice, err := parse(t, once).Bytes(); err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%v\n%s\n%s", err, once, twice)
		}
	})
}
