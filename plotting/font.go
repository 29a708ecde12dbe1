package plotting

import (
	"fmt"
	"sync"

	"codeberg.org/go-fonts/dejavu/dejavusans"
	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-fonts/liberation/liberationserifitalic"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"gonum.org/v1/plot/vg"
)

// face is one of the fonts text is set in.
type face int

const (
	upright face = iota
	bold
	italic   // single letters: mathematics
	symbolic // stands in for characters that the others lack
)

// italicScale makes the small letters of the italic as tall as those of the upright.
const italicScale = 1.13

var fonts = sync.OnceValue(func() [4]*sfnt.Font {
	var parsed [4]*sfnt.Font
	for i, ttf := range [...][]byte{
		upright: liberationsansregular.TTF, bold: liberationsansbold.TTF,
		italic: liberationserifitalic.TTF, symbolic: dejavusans.TTF,
	} {
		f, err := sfnt.Parse(ttf)
		if err != nil {
			panic(fmt.Sprintf("plotting: font %d does not parse: %v", i, err))
		}
		parsed[i] = f
	}
	return parsed
})

// glyph is a character of a font, at unit size.
type glyph struct {
	font  *sfnt.Font
	index sfnt.GlyphIndex
	unit  float64 // ems per font unit
}

// glyphOf finds a character in f, or in the symbolic face.
func glyphOf(buf *sfnt.Buffer, f face, r rune) glyph {
	all := fonts()
	for _, candidate := range [...]face{f, symbolic} {
		index, err := all[candidate].GlyphIndex(buf, r)
		if err != nil || index == 0 {
			continue
		}
		unit := 1 / float64(all[candidate].UnitsPerEm())
		if candidate == italic {
			unit *= italicScale
		}
		return glyph{all[candidate], index, unit}
	}
	return glyph{all[symbolic], 0, 1 / float64(all[symbolic].UnitsPerEm())}
}

func (g glyph) ppem() fixed.Int26_6 { return fixed.Int26_6(g.font.UnitsPerEm()) }

// advance is the width of the character in ems.
func (g glyph) advance(buf *sfnt.Buffer) float64 {
	a, err := g.font.GlyphAdvance(buf, g.index, g.ppem(), font.HintingNone)
	if err != nil {
		panic(fmt.Sprintf("plotting: advance of glyph %d: %v", g.index, err))
	}
	return float64(a) * g.unit
}

// kern is the correction between two characters in ems.
func (g glyph) kern(buf *sfnt.Buffer, next glyph) float64 {
	if g.font != next.font {
		return 0
	}
	k, err := g.font.Kern(buf, g.index, next.index, g.ppem(), font.HintingNone)
	if err != nil {
		return 0 // the font has no kerning for this pair
	}
	return float64(k) * g.unit
}

// outline appends the character at (x, y), size points to the em, to path.
func (g glyph) outline(buf *sfnt.Buffer, path *vg.Path, x, y, size vg.Length) {
	segments, err := g.font.LoadGlyph(buf, g.index, g.ppem(), nil)
	if err != nil {
		panic(fmt.Sprintf("plotting: outline of glyph %d: %v", g.index, err))
	}
	at := func(p fixed.Point26_6) vg.Point {
		scale := vg.Length(g.unit) * size
		return vg.Point{X: x + vg.Length(p.X)*scale, Y: y - vg.Length(p.Y)*scale}
	}
	for i, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if i > 0 {
				path.Close()
			}
			path.Move(at(s.Args[0]))
		case sfnt.SegmentOpLineTo:
			path.Line(at(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			path.QuadTo(at(s.Args[0]), at(s.Args[1]))
		case sfnt.SegmentOpCubeTo:
			path.CubeTo(at(s.Args[0]), at(s.Args[1]), at(s.Args[2]))
		}
	}
	if len(segments) > 0 {
		path.Close()
	}
}
