package prelude

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"scorebook/kernel/cell"
	"scorebook/kernel/cell/exports"
	"scorebook/kernel/display"
)

// notebookFile is what this test reads of an .ipynb file.
type notebookFile struct {
	Format   int `json:"nbformat"`
	Minor    int `json:"nbformat_minor"`
	Metadata struct {
		Kernelspec struct{ Name, Language string }
	}
	Cells []struct {
		ID       string
		Type     string `json:"cell_type"`
		Source   lines
		Metadata struct{ Tags []string }
		Count    *int `json:"execution_count"`
		Outputs  []struct {
			Type string `json:"output_type"`
			Data map[string]json.RawMessage
		}
	}
}

// lines is a text that a notebook may hold as a list of its lines.
type lines string

func (l *lines) UnmarshalJSON(raw []byte) error {
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		*l = lines(strings.Join(list, ""))
		return nil
	}
	return json.Unmarshal(raw, (*string)(l))
}

func readQuickstart(t *testing.T) *notebookFile {
	t.Helper()
	raw, err := os.ReadFile("../../notebooks/guide/quickstart.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	n := &notebookFile{}
	if err := json.Unmarshal(raw, n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestQuickstartIsANotebookOfThisKernel(t *testing.T) {
	n := readQuickstart(t)
	if n.Format != 4 || n.Minor != 5 || n.Metadata.Kernelspec.Name != "scorebook" || n.Metadata.Kernelspec.Language != "go" {
		t.Errorf("nbformat %d.%d of kernel %v", n.Format, n.Minor, n.Metadata.Kernelspec)
	}
	ids, tagged := map[string]bool{}, 0
	for _, c := range n.Cells {
		if c.ID == "" || ids[c.ID] {
			t.Errorf("cell id %q is missing or not the only one", c.ID)
		}
		ids[c.ID] = true
		if slices.Contains(c.Metadata.Tags, "parameters") {
			tagged++
		}
	}
	if tagged != 1 {
		t.Errorf("%d cells are tagged parameters", tagged)
	}
}

// TestQuickstartFitsTheVocabulary checks its cells one after another, without running them.
func TestQuickstartFitsTheVocabulary(t *testing.T) {
	im := exports.New()
	p, err := Package(im)
	if err != nil {
		t.Fatal(err)
	}
	scope := cell.NewScope(im, p)
	for i, c := range readQuickstart(t).Cells {
		if c.Type != "code" {
			continue
		}
		checked, err := scope.Check(cell.Source{Number: i + 1, Text: string(c.Source)})
		if err != nil {
			t.Fatalf("cell %s: %v", c.ID, err)
		}
		scope.Commit(checked)
	}
}

// TestQuickstartIsStoredAsItRan says of the stored outputs what `scorebook run` says of fresh ones.
func TestQuickstartIsStoredAsItRan(t *testing.T) {
	bounds, count := map[float64]int{}, 0
	for _, c := range readQuickstart(t).Cells {
		if c.Type != "code" {
			continue
		}
		count++
		if c.Count == nil || *c.Count != count {
			t.Errorf("cell %s was not run in order", c.ID)
		}
		for _, o := range c.Outputs {
			if o.Type == "error" {
				t.Errorf("cell %s holds an error", c.ID)
			}
			raw, ok := o.Data[display.CheckJSON]
			if !ok {
				continue
			}
			var check display.Check
			if err := json.Unmarshal(raw, &check); err != nil || !check.OK || check.Relation != display.Less {
				t.Errorf("cell %s: %s, %v", c.ID, raw, err)
			}
			bounds[check.Bound]++
		}
	}
	// Φ, V and the joint density; the two marginals; the correlations with fresh and with the same noise; the paths.
	for bound, n := range map[float64]int{0.05: 3, 0.01: 2, 0.03: 2, 0.2: 1} {
		if bounds[bound] != n {
			t.Errorf("%d checks against %g, want %d", bounds[bound], bound, n)
		}
	}
}
