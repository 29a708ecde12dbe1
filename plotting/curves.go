package plotting

import (
	"errors"
	"fmt"
)

// Series is a curve through the points (X, Y) with its name in the legend.
type Series struct {
	Label string
	Role  Role
	X, Y  []float64
}

// CurvesOptions may be left zero.
type CurvesOptions struct {
	Style
	X, Y Axis
}

// Curves shows curves in one panel. The truth is drawn broad and first, so that a model that agrees with it shows.
func Curves(series []Series, o CurvesOptions) (*Figure, error) {
	if len(series) == 0 {
		return nil, errors.New("plotting: no curves to show")
	}
	p := &Panel{X: o.X, Y: o.Y}
	for _, s := range series {
		mustMatch(len(s.X), len(s.Y))
		if len(s.X) == 0 {
			return nil, fmt.Errorf("plotting: curve %q has no points", s.Label)
		}
		if s.Role == Truth {
			p.Band(s.Label, s.Role, s.X, s.Y)
		}
	}
	for _, s := range series {
		if s.Role != Truth {
			p.Line(s.Label, s.Role, s.X, s.Y)
		}
	}
	width := o.Width
	if width <= 0 {
		width = WideColumn
	}
	return New(o.Style, 1, 0.55*width, p), nil
}
