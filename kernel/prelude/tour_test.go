package prelude

import (
	"encoding/json"
	"os"
	"regexp"
	"testing"
)

// TestTheTourUsesEveryName reads the notebook that promises an example of each name.
func TestTheTourUsesEveryName(t *testing.T) {
	text, err := os.ReadFile("../../notebooks/guide/the_prelude.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	var book struct {
		Cells []struct{ Source []string }
	}
	if err := json.Unmarshal(text, &book); err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	word := regexp.MustCompile(`\w+`)
	for _, c := range book.Cells {
		for _, line := range c.Source {
			for _, w := range word.FindAllString(line, -1) {
				used[w] = true
			}
		}
	}
	for name := range New().Symbols() {
		if !used[name] {
			t.Errorf("the tour leaves out %s", name)
		}
	}
}
