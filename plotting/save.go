package plotting

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// printDensity is the scale of a PNG file: some 300 pixels to the inch.
const printDensity = 3

// Save writes the figure to a file, by its ending: .svg and .pdf for print, .png at 288 pixels to the inch.
func (f *Figure) Save(path string) error {
	var data []byte
	var err error
	switch ending := strings.ToLower(filepath.Ext(path)); ending {
	case ".png":
		data, _, _, err = f.PNG(printDensity)
	case ".svg":
		data, err = f.SVG()
	case ".pdf":
		data, err = f.PDF()
	default:
		return fmt.Errorf("plotting: a figure in a %q file; use .pdf, .svg or .png", ending)
	}
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return fmt.Errorf("plotting: %w", err)
	}
	return nil
}
