package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"scorebook/kernel/notebook"
)

var storedFolder = filepath.Join("..", "..", "notebooks")

// stored are the notebooks of the repository, by their path in its folder.
func stored(t *testing.T) map[string]*notebook.Notebook {
	t.Helper()
	files, err := notebooksAt([]string{storedFolder})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]*notebook.Notebook{}
	for _, file := range files {
		n, err := notebook.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		name, err := filepath.Rel(storedFolder, file)
		if err != nil {
			t.Fatal(err)
		}
		found[filepath.ToSlash(name)] = n
	}
	return found
}

func TestStoredOutputsAreOfTheSources(t *testing.T) {
	for name, n := range stored(t) {
		for _, why := range n.Stale() {
			t.Errorf("%s: %s; execute it: scorebook run --record notebooks/record.json notebooks/%s", name, why, name)
		}
		if len(n.Checks()) == 0 {
			t.Errorf("%s has no check", name)
		}
	}
}

func TestRecordIsOfTheStoredNotebooks(t *testing.T) {
	r, err := readRecord(filepath.Join(storedFolder, "record.json"))
	if err != nil {
		t.Fatal(err)
	}
	all := stored(t)
	for name, n := range all {
		if why := r.stale(name, n.Stamp()); why != "" {
			t.Errorf("%s: %s; execute it: scorebook run --record notebooks/record.json notebooks/%s", name, why, name)
		}
	}
	for name := range r {
		if all[name] == nil {
			t.Errorf("the record has %s, which is not there", name)
		}
	}
}

func TestIndexAndPapersAreOfTheStoredNotebooks(t *testing.T) {
	files, err := indexFiles(storedFolder, []string{filepath.Join("..", "..", "docs", "papers.md")})
	if err != nil {
		t.Fatal(err)
	}
	if err := sameFiles(files); err != nil {
		t.Errorf("%v notebooks docs/papers.md", err)
	}
	thumbnails, err := filepath.Glob(filepath.Join(storedFolder, "thumbnails", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range thumbnails {
		if files[file] == nil {
			t.Errorf("%s belongs to no notebook", file)
		}
	}
}

// What notebooks/about.md promises of each.
func TestStoredNotebooksKeepTheirForm(t *testing.T) {
	for name := range stored(t) {
		raw, err := os.ReadFile(filepath.Join(storedFolder, name))
		if err != nil {
			t.Fatal(err)
		}
		n := readForm(t, raw)
		first, last := n.Cells[0], n.Cells[len(n.Cells)-1]
		if first.Type != "markdown" || !strings.HasPrefix(first.text(), "# ") {
			t.Errorf("%s does not open with a heading", name)
		}
		parameters := false
		for _, c := range n.Cells {
			for _, tag := range c.Metadata.Tags {
				parameters = parameters || tag == "parameters" && regexp.MustCompile(`(?m)^seed := `).MatchString(c.text())
			}
		}
		if !parameters {
			t.Errorf("%s has no cell tagged parameters that sets the seed", name)
		}
		if last.Type != "markdown" || !regexp.MustCompile(`(?mi)^#+ .*(next|try)`).MatchString(n.ending()) {
			t.Errorf("%s does not end with what to try next", name)
		}
	}
}
