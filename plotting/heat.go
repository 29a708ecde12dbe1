package plotting

import (
	"image"
	"image/draw"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"

	"gonum.org/v1/plot/vg"
)

// heat is a cell that shows a matrix: a coloured square per entry, with its value where there is room.
type heat struct {
	title string
	m     mat.Matrix
	names []string // of rows and columns; nil = none
	inner bool     // the matrix to the left shows the names of the rows
	shades
}

// Room that an entry's value needs.
const (
	entrySize   vg.Length = 7.5
	entryHeight vg.Length = 12
	entryRoom   vg.Length = 4 // beside a value
	mostDigits            = 4
	leastDigits           = 2
	entrySeam   vg.Length = 0.6 // the page shows between the entries
	largest               = 24  // wider matrices are drawn as a picture without seams
)

func (h *heat) draw(c vg.Canvas, rect vg.Rectangle, th *theme) {
	if rows, cols := h.m.Dims(); max(rows, cols) > largest {
		c.DrawImage(rect, h.picture(rect.Size(), h.colours(th)))
	} else {
		h.drawEntries(c, rect, th)
	}
	pen(c, th.soft, spineWidth)
	c.Stroke(rect.Path())
	middle, top := (rect.Min.X+rect.Max.X)/2, rect.Max.Y+1.5*gap+h.heading(rect.Size().X).height(titleSize)
	h.heading(rect.Size().X).hang(c, th.ink, middle, top, titleSize)
	h.drawNames(c, rect, th)
}

// drawEntries draws a square with its value for each entry.
func (h *heat) drawEntries(c vg.Canvas, rect vg.Rectangle, th *theme) {
	rows, cols := h.m.Dims()
	width, height := rect.Size().X/vg.Length(cols), rect.Size().Y/vg.Length(rows)
	entries := h.entries(vg.Point{X: width, Y: height})
	seam := vg.Point{X: entrySeam / 2, Y: entrySeam / 2}
	for i := range rows {
		for j := range cols {
			low := vg.Point{X: rect.Min.X + vg.Length(j)*width, Y: rect.Max.Y - vg.Length(i+1)*height}
			high := low.Add(vg.Point{X: width, Y: height})
			colour := h.colours(th).At(h.share(h.m.At(i, j)))
			c.SetColor(colour)
			c.Fill(vg.Rectangle{Min: low.Add(seam), Max: high.Sub(seam)}.Path())
			if entries != nil {
				entries[i*cols+j].drawAt(c, th.inkOn(colour), low.X+width/2, low.Y+height/2, 0.5, 0.5)
			}
		}
	}
}

// picture shows the entries of a large matrix as blocks of pixels, fine enough to stay sharp.
func (h *heat) picture(size vg.Point, colours *Colormap) image.Image {
	rows, cols := h.m.Dims()
	block := max(1, int(size.X*rasterDensity)/cols+1)
	img := image.NewNRGBA(image.Rect(0, 0, cols*block, rows*block))
	for i := range rows {
		for j := range cols {
			square := image.Rect(j*block, i*block, (j+1)*block, (i+1)*block)
			draw.Draw(img, square, image.NewUniform(colours.At(h.share(h.m.At(i, j)))), image.Point{}, draw.Src)
		}
	}
	return img
}

// entries sets the values of a small matrix in type, with as many digits as fit into a square, or none.
func (h *heat) entries(square vg.Point) []text {
	if square.Y < entryHeight {
		return nil
	}
	rows, cols := h.m.Dims()
	texts := make([]text, rows*cols)
	for digits := mostDigits; digits >= leastDigits; digits-- {
		widest := vg.Length(0)
		for k := range texts {
			texts[k] = set(h.entryText(h.m.At(k/cols, k%cols), digits), entrySize, upright)
			widest = max(widest, texts[k].width)
		}
		if widest+entryRoom <= square.X {
			return texts
		}
	}
	return nil
}

// entryText writes a value with as many decimals as give the largest of the figure so many digits.
func (s shades) entryText(v float64, digits int) string {
	if v == 0 {
		return "0"
	}
	exponent := int(math.Floor(math.Log10(s.hi)))
	if exponent < -2 || exponent > 4 {
		return strings.ReplaceAll(strconv.FormatFloat(v, 'e', max(0, digits-3), 64), "e-", "e−")
	}
	decimals := max(0, digits-1-exponent)
	if unit := math.Pow10(decimals); math.Abs(v)*unit < 0.5 {
		v = 0 // never −0.00
	}
	return strconv.FormatFloat(v, 'f', decimals, 64)
}
