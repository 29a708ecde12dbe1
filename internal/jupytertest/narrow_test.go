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

const telephone = 390 // CSS pixels

// fit is what an HTML export needs of a narrow screen.
type fit struct {
	Needs, Room       float64  // width, in CSS pixels
	Equations, Images int      // on the page
	Out               []string // what sticks out
}

// Stored notebooks are converted as they are, once with the style of nbviewer and once with JupyterLab's.
func TestNothingOverflowsOnATelephone(t *testing.T) {
	j := newJupyter(t)
	for _, template := range []string{"classic", "lab"} {
		for name, page := range j.narrow(t, template) {
			if page.Needs > page.Room || page.Room != telephone {
				t.Errorf("%s, %s: needs %g of %g pixels", template, name, page.Needs, page.Room)
			}
			if page.Equations == 0 {
				t.Errorf("%s, %s: no equation is set", template, name)
			}
			if len(page.Out) > 0 {
				t.Errorf("%s, %s:\n\t%s", template, name, strings.Join(page.Out, "\n\t"))
			}
		}
	}
}

// narrow converts all stored notebooks with the template and looks at them in Chromium.
func (j jupyter) narrow(t *testing.T, template string) map[string]fit {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root(t), "notebooks", "*", "*.ipynb"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d notebooks, %v", len(files), err)
	}
	pages, copies := t.TempDir(), t.TempDir()
	convert := []string{"-m", "nbconvert", "--to", "html", "--template", template, "--log-level", "ERROR", "--output-dir", pages}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(filepath.Dir(file)) + "-" + filepath.Base(file) // two folders may use one name
		if err := os.WriteFile(filepath.Join(copies, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
		convert = append(convert, filepath.Join(copies, name))
	}
	call(t, 5*time.Minute, j.command(convert...))
	var found map[string]fit
	if err := json.Unmarshal([]byte(survey(t, pages, template)), &found); err != nil {
		t.Fatal(err)
	}
	if len(found) != len(files) {
		t.Errorf("%d pages of %d notebooks", len(found), len(files))
	}
	return found
}

// survey runs narrow.mjs on all pages of a folder.
func survey(t *testing.T, folder, template string) string {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(folder, "*.html"))
	if err != nil {
		t.Fatal(err)
	}
	pictures := filepath.Join(artifacts(t), "narrow-"+template)
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		t.Fatal(err)
	}
	order, err := json.Marshal(map[string]any{
		"pages": pages, "width": telephone, "pictures": pictures, "profile": t.TempDir(),
		"chromium": outside(t, "SCOREBOOK_BROWSER"), "modules": outside(t, "SCOREBOOK_NODE"),
	})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "order.json")
	if err := os.WriteFile(file, order, 0o644); err != nil {
		t.Fatal(err)
	}
	return call(t, 10*time.Minute, exec.Command("node", filepath.Join("testdata", "narrow.mjs"), file))
}
