package plotting

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"

	"gonum.org/v1/plot/cmpimg"
	"gonum.org/v1/plot/plotter"
)

var update = flag.Bool("update", false, "write the golden images anew")

// Golden images of figures whose data are formulas; look at them before committing new ones.
func TestGolden(t *testing.T) {
	all := gallery(t)
	for _, name := range []string{"fields", "field-diverging", "matrices", "matrix-oblong", "quiver", "loss"} {
		got, _, _, err := all[name].PNG(1)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", name+".png")
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// Fused multiply-add moves outlines by a hair on some processors.
		if same, err := cmpimg.EqualApprox("png", got, want, 0.1); err != nil || !same {
			t.Errorf("%s differs from %s (%v); after a look, run this test with -update", name, file, err)
		}
	}
}

func TestPictureSize(t *testing.T) {
	f := gallery(t)["loss"]
	for _, scale := range []float64{1, 2, 1.5} {
		data, width, height, err := f.PNG(scale)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		off := func(pixels, css int) bool { return math.Abs(float64(pixels)-scale*float64(css)) > 0.5 }
		if size := img.Bounds().Size(); off(size.X, width) || off(size.Y, height) {
			t.Errorf("scale %v: %v pixels for %d×%d", scale, size, width, height)
		}
		if width != int(WideColumn*cssDPI) {
			t.Errorf("%d wide", width)
		}
	}
	for _, scale := range []float64{0, -1, 100} {
		if _, _, _, err := f.PNG(scale); err == nil {
			t.Errorf("scale %v is accepted", scale)
		}
	}
}

func TestDarkPage(t *testing.T) {
	light := gallery(t)["loss"]
	for _, f := range []*Figure{light, light.Dark()} {
		data, _, _, err := f.PNG(1)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		r, _, _, _ := img.At(1, 1).RGBA()
		if uint8(r>>8) != f.theme().page.R {
			t.Errorf("page has red %d, want %d", r>>8, f.theme().page.R)
		}
	}
}

func TestVectorFormats(t *testing.T) {
	for name, f := range gallery(t) {
		svg, err := f.SVG()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(svg))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if bytes.Contains(svg, []byte("<text")) {
			t.Errorf("%s: the SVG needs a font", name)
		}
	}
	pdf, err := gallery(t)["joints"].PDF()
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Errorf("PDF begins with %q, %v", pdf[:min(8, len(pdf))], err)
	}
}

// The same figure gives the same bytes.
func TestSameBytes(t *testing.T) {
	first, _, _, _ := gallery(t)["compare"].PNG(1)
	again, _, _, _ := gallery(t)["compare"].PNG(1)
	if !bytes.Equal(first, again) {
		t.Error("a figure drawn twice differs")
	}
}

func TestGonumPlottersAreWelcome(t *testing.T) {
	l, err := plotter.NewLine(plotter.XYs{{X: 0, Y: 1}, {X: 2, Y: 5}})
	if err != nil {
		t.Fatal(err)
	}
	p := new(Panel).Add(l, plotter.NewGrid())
	if x, y := p.settled(); x.Min != 0 || x.Max != 2 || y.Min >= 1 || y.Max <= 5 {
		t.Errorf("axes %v, %v", x, y)
	}
	if _, _, _, err := New(Style{}, 1, 0, p).PNG(1); err != nil {
		t.Error(err)
	}
}
