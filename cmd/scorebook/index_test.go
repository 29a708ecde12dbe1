package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// executedFolder holds an executed notebook, sub/scripts.ipynb, with a check.
func executedFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	file := notebookFile(t, goodCheck)
	if err := os.Mkdir(filepath.Join(folder, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	if status, _, stderr := command(t, "run", "-o", filepath.Join(folder, "sub"), file); status != 0 {
		t.Fatal(stderr)
	}
	return folder
}

func write(t *testing.T, file, content string) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestIndexTellsWhenItIsStale(t *testing.T) {
	folder := executedFolder(t)
	write(t, filepath.Join(folder, "about.md"), "# All of them\n")
	quoting := write(t, filepath.Join(t.TempDir(), "table.md"), `| Φ | <!--check sub/scripts "error of Φ"-->?<!--/--> |`)
	if status, _, stderr := command(t, "index", "--check", folder, quoting); status != exitFailed || !strings.Contains(stderr, "stale: ") {
		t.Errorf("before there is an index: status %d, %q", status, stderr)
	}
	if status, stdout, stderr := command(t, "index", folder, quoting); status != 0 || strings.Count(stdout, "written: ") != 2 {
		t.Errorf("status %d, %q %q", status, stdout, stderr)
	}
	if status, _, stderr := command(t, "index", "--check", folder, quoting); status != 0 {
		t.Error(stderr)
	}
	page, err := os.ReadFile(filepath.Join(folder, "README.md"))
	if err != nil || !strings.HasPrefix(string(page), "# All of them\n\n## sub\n") || !strings.Contains(string(page), "✓ 1 of 1") {
		t.Errorf("%v\n%s", err, page)
	}
	if table, err := os.ReadFile(quoting); err != nil || string(table) != `| Φ | <!--check sub/scripts "error of Φ"-->.01<!--/--> |` {
		t.Errorf("%v %s", err, table)
	}
	write(t, quoting, `<!--check sub/scripts "error of Φ"-->.02<!--/-->`)
	if status, _, _ := command(t, "index", "--check", folder, quoting); status != exitFailed {
		t.Error("a wrong value is not found")
	}
}

func TestQuotesNeedTheirCheck(t *testing.T) {
	folder := executedFolder(t)
	for _, q := range []string{`sub/scripts "error of Ψ"`, `sub/other "error of Φ"`} {
		quoting := write(t, filepath.Join(t.TempDir(), "table.md"), "<!--check "+q+"-->1<!--/-->")
		if status, _, stderr := command(t, "index", folder, quoting); status != exitFailed || !strings.Contains(stderr, "0 of its checks") {
			t.Errorf("%s: status %d, %q", q, status, stderr)
		}
	}
}

func TestBriefNumbers(t *testing.T) {
	for v, want := range map[float64]string{
		0.0440104: ".044", 1.0067: "1.007", -3: "−3.000", 10.04: "10", -0.5839: "−.584", 16.83: "16.8", 2.6e-15: "3·10⁻¹⁵", 0: "0", 347: "347", 312.3: "312", 10: "10", 0.1: ".1", 1234567: "1·10⁶",
	} {
		if got := brief(v); got != want {
			t.Errorf("%g: %q, want %q", v, got, want)
		}
	}
	for v, want := range map[float64]string{math.NaN(): "NaN", math.Inf(-1): "−Inf"} {
		if got := brief(v); got != want {
			t.Errorf("%g: %q", v, got)
		}
	}
}

func TestThumbnailAveragesAreas(t *testing.T) {
	source := image.NewGray(image.Rect(0, 0, 3*thumbnailWidth, 30))
	for x := range source.Rect.Dx() {
		for y := range 30 {
			source.SetGray(x, y, color.Gray{Y: uint8(x % 3 * 90)}) // 0, 90, 180 to a pixel of the thumbnail
		}
	}
	var raw bytes.Buffer
	if err := png.Encode(&raw, source); err != nil {
		t.Fatal(err)
	}
	small, err := thumbnail(raw.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	got, err := png.Decode(bytes.NewReader(small))
	if err != nil || got.Bounds().Dx() != thumbnailWidth || got.Bounds().Dy() != 10 {
		t.Fatalf("%v %v", got.Bounds(), err)
	}
	for x := range thumbnailWidth {
		if r, _, _, _ := got.At(x, 5).RGBA(); r>>8 != 90 {
			t.Fatalf("pixel %d has %d, want the mean 90", x, r>>8)
		}
	}
	if _, err := thumbnail([]byte("no picture")); err == nil {
		t.Error("what is no picture was read")
	}
}
