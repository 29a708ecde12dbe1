package plotting

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestSaveKnowsTheFormatByTheEnding(t *testing.T) {
	f, err := Loss([]float64{3, 2, 1}, LossOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for ending, begins := range map[string]string{".png": "\x89PNG", ".svg": "<?xml", ".PDF": "%PDF-"} {
		path := filepath.Join(t.TempDir(), "figure"+ending)
		if err := f.Save(path); err != nil {
			t.Fatal(err)
		}
		if data, err := os.ReadFile(path); err != nil || !bytes.HasPrefix(data, []byte(begins)) {
			t.Errorf("%s begins with %q, %v", ending, data[:min(8, len(data))], err)
		}
	}
	for _, path := range []string{"figure.gif", "figure", filepath.Join(t.TempDir(), "nowhere", "figure.png")} {
		if err := f.Save(path); err == nil {
			t.Errorf("%s was written", path)
		}
	}
}
