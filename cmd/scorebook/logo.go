package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strings"

	"golang.org/x/image/vector"
)

// The logo is a density and its score: the hill p(x), and an arrow up its slope along ∇ log p. It is drawn in a
// square of side 64 and written both as SVG and, for front ends that take only bitmaps, as PNG.
const logoSide = 64

type point struct{ x, y float64 }

// polygon is one filled outline of the logo.
type polygon struct {
	fill color.NRGBA
	at   []point
}

func logo() []polygon {
	deep := color.NRGBA{R: 0x12, G: 0x35, B: 0x5b, A: 0xff}
	hill := color.NRGBA{R: 0x8e, G: 0xd1, B: 0xfc, A: 0xff}
	warm := color.NRGBA{R: 0xff, G: 0xb0, B: 0x3a, A: 0xff}
	return []polygon{
		{deep, roundedSquare(2, 62, 12)},
		{hill, density()},
		{warm, []point{{10.6, 41.6}, {22.4, 25.4}, {18.6, 22.6}, {32, 16}, {30.6, 31.2}, {26.4, 28.4}, {14.6, 44.4}}},
	}
}

// density is the area under exp(-x²/2), from a baseline near the square's foot.
func density() []point {
	const left, right, foot, height, centre, width = 7.0, 57.0, 54.0, 34.0, 38.0, 8.5
	outline := []point{{left, foot}}
	for x := left; x <= right; x++ {
		z := (x - centre) / width
		outline = append(outline, point{x, foot - 1.5 - height*math.Exp(-z*z/2)})
	}
	return append(outline, point{right, foot})
}

func roundedSquare(low, high, radius float64) []point {
	const perCorner = 8
	corners := []point{{high - radius, high - radius}, {low + radius, high - radius}, {low + radius, low + radius}, {high - radius, low + radius}}
	var outline []point
	for i, c := range corners {
		for k := 0; k <= perCorner; k++ {
			sin, cos := math.Sincos((float64(i) + float64(k)/perCorner) * math.Pi / 2)
			outline = append(outline, point{c.x + radius*cos, c.y + radius*sin})
		}
	}
	return outline
}

// logoSVG writes the logo as an SVG document.
func logoSVG() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">\n", logoSide, logoSide)
	for _, p := range logo() {
		fmt.Fprintf(&b, "<path fill=\"#%02x%02x%02x\" d=\"", p.fill.R, p.fill.G, p.fill.B)
		for i, q := range p.at {
			fmt.Fprintf(&b, "%c%.2f %.2f", "ML"[min(i, 1)], q.x, q.y)
		}
		b.WriteString("Z\"/>\n")
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// logoPNG draws the logo in a square of side pixels.
func logoPNG(side int) ([]byte, error) {
	picture := image.NewNRGBA(image.Rect(0, 0, side, side))
	scale := float32(side) / logoSide
	for _, p := range logo() {
		raster := vector.NewRasterizer(side, side)
		raster.DrawOp = draw.Over
		for i, q := range p.at {
			x, y := float32(q.x)*scale, float32(q.y)*scale
			if i == 0 {
				raster.MoveTo(x, y)
			} else {
				raster.LineTo(x, y)
			}
		}
		raster.ClosePath()
		raster.Draw(picture, picture.Bounds(), image.NewUniform(p.fill), image.Point{})
	}
	var b bytes.Buffer
	err := png.Encode(&b, picture)
	return b.Bytes(), err
}
