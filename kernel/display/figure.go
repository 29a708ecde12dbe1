package display

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

const (
	density    = 2                // pixels per CSS pixel, for sharp pictures on fine screens
	cssDPI     = 96               // CSS pixels per inch
	plotWidth  = 6.25 * vg.Inch   // 600 CSS pixels
	plotHeight = 4.0625 * vg.Inch // 390 CSS pixels
	imageWidth = 960              // wider images are shown at this many CSS pixels
)

type figure interface {
	PNG(scale float64) (png []byte, width, height int, err error)
}

type vector interface {
	SVG() ([]byte, error)
}

func figureBundle(f figure) Bundle {
	data, width, height, err := f.PNG(density)
	if err != nil {
		return errorBundle(err)
	}
	return pngBundle(data, width, height)
}

// pngBundle shows a PNG at width×height CSS pixels, whatever its own size.
func pngBundle(data []byte, width, height int) Bundle {
	b := rich(ImagePNG, base64.StdEncoding.EncodeToString(data), fmt.Sprintf("figure, %d×%d", width, height))
	b.Metadata[ImagePNG] = map[string]any{"width": width, "height": height}
	return b
}

func vectorBundle(f vector) Bundle {
	data, err := f.SVG()
	if err != nil {
		return errorBundle(err)
	}
	return rich(ImageSVG, string(data), "figure")
}

// plotBundle draws a gonum plot at twice the resolution it is shown at.
func plotBundle(p *plot.Plot) Bundle {
	canvas := vgimg.NewWith(vgimg.UseWH(plotWidth, plotHeight), vgimg.UseDPI(density*cssDPI))
	p.Draw(draw.New(canvas))
	return imageBundle(canvas.Image(), density)
}

// imageBundle shows an image with pixels of its own per CSS pixel.
func imageBundle(img image.Image, pixels int) Bundle {
	size := img.Bounds().Size()
	if size.X == 0 || size.Y == 0 {
		return Text("empty image")
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		return errorBundle(err)
	}
	width, height := size.X/pixels, size.Y/pixels
	if width > imageWidth {
		width, height = imageWidth, max(1, height*imageWidth/width)
	}
	return pngBundle(buf.Bytes(), width, height)
}
