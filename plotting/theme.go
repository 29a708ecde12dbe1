package plotting

import (
	"image/color"
	"math"
	"sync"

	"gonum.org/v1/plot/vg"
)

// Role says whose result a curve is; it decides its colour everywhere.
type Role int

// The roles. Other curves take their colour from a cycle.
const (
	Other Role = iota
	Truth      // the data, or an exact result
	Model      // what was learned from the data
	Paper      // a published value
)

// Text-column widths in inches: of a journal's single column, of one and a half, and of the full page.
const (
	OneColumn  = 3.375
	WideColumn = 5.125
	TwoColumns = 7.0
)

// Sizes of the house style, in points.
const (
	textSize   vg.Length = 8.5 // axis labels and legends
	tickSize   vg.Length = 7.5
	titleSize  vg.Length = 9
	headSize   vg.Length = 10.5
	spineWidth vg.Length = 0.6
	gridWidth  vg.Length = 0.4
	tickLength vg.Length = 2.6
	thinLine   vg.Length = 0.7 // long, noisy lines
	fullLine   vg.Length = 1.2
	bandLine   vg.Length = 2.2 // a line that another is laid on
	padding    vg.Length = 5   // round the figure
	gap        vg.Length = 3   // between a tick, its label and the axis label
	columnGap  vg.Length = 14
	rowGap     vg.Length = 9
)

// theme is the colours of a figure.
type theme struct {
	page, ink, soft, faint color.NRGBA // paper, text, spines, grid
	roles                  [4]color.NRGBA
	cycle                  []color.NRGBA
	sequential, diverging  *Colormap
	shadow                 *Colormap
}

var light = sync.OnceValue(func() *theme {
	page := color.NRGBA{255, 255, 255, 255}
	return &theme{
		page:  page,
		ink:   color.NRGBA{0x22, 0x26, 0x2c, 255},
		soft:  color.NRGBA{0x5c, 0x63, 0x6e, 255},
		faint: color.NRGBA{0xe6, 0xe8, 0xec, 255},
		roles: [4]color.NRGBA{
			Truth: {0x16, 0x4f, 0x8c, 255}, Model: {0xe0, 0x55, 0x1b, 255}, Paper: {0x2b, 0x8a, 0x6b, 255},
		},
		cycle:      wheel(0.58, 0.13),
		sequential: sequential(page, false),
		diverging:  diverging(page, false),
		shadow:     shadow(page, color.NRGBA{0x22, 0x26, 0x2c, 255}),
	}
})

var dark = sync.OnceValue(func() *theme {
	page := color.NRGBA{0x14, 0x17, 0x1c, 255}
	return &theme{
		page:  page,
		ink:   color.NRGBA{0xe4, 0xe7, 0xec, 255},
		soft:  color.NRGBA{0x9a, 0xa3, 0xb0, 255},
		faint: color.NRGBA{0x2a, 0x2f, 0x37, 255},
		roles: [4]color.NRGBA{
			Truth: {0x6f, 0xb1, 0xf2, 255}, Model: {0xff, 0x95, 0x5c, 255}, Paper: {0x63, 0xcf, 0xa8, 255},
		},
		cycle:      wheel(0.74, 0.13),
		sequential: sequential(page, true),
		diverging:  diverging(page, true),
		shadow:     shadow(page, color.NRGBA{0xe4, 0xe7, 0xec, 255}),
	}
})

// wheel is six hues of one lightness, neighbours far apart.
func wheel(L, chroma float64) []color.NRGBA {
	hues := []float64{250, 45, 150, 330, 95, 200}
	colours := make([]color.NRGBA, len(hues))
	for i, hue := range hues {
		colours[i] = polar(L, chroma, hue).rgb()
	}
	return colours
}

// colour is that of a role; the n-th curve without one takes the n-th of the cycle.
func (t *theme) colour(r Role, n int) color.NRGBA {
	if r == Other {
		return t.cycle[n%len(t.cycle)]
	}
	return t.roles[r]
}

// fade mixes a share of the page into c.
func (t *theme) fade(c color.NRGBA, share float64) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8(float64(a) + share*(float64(b)-float64(a)) + 0.5) }
	return color.NRGBA{mix(c.R, t.page.R), mix(c.G, t.page.G), mix(c.B, t.page.B), c.A}
}

// inkOn is the text colour that stands out more on a ground: ink or page.
func (t *theme) inkOn(ground color.NRGBA) color.NRGBA {
	L := labOf(ground).L
	if math.Abs(L-labOf(t.ink).L) >= math.Abs(L-labOf(t.page).L) {
		return t.ink
	}
	return t.page
}
