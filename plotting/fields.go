package plotting

import (
	"errors"
	"slices"

	"gonum.org/v1/plot/vg"
)

// FieldOptions may be left zero.
type FieldOptions struct {
	Style
	Label     string // of the colour bar
	Diverging bool   // colours symmetric about zero
	Columns   int    // 0 = all fields in one row, at most three
}

// Fields shows functions of two variables side by side with one scale of colours.
func Fields(fields []Field, o FieldOptions) (*Figure, error) {
	if len(fields) == 0 {
		return nil, errors.New("plotting: no fields to show")
	}
	values := nothing
	for i := range fields {
		if err := fields[i].check(); err != nil {
			return nil, err
		}
		values = values.union(spanOf(fields[i].Z))
	}
	colours := shadesFor(values, o.Diverging)
	columns := o.Columns
	if columns <= 0 {
		columns = min(3, len(fields))
	}
	b := &block{columns: append(equal(columns), track{fixed: barWidth})}
	for i := 0; i < len(fields); i += columns {
		row := make([]cell, columns+1)
		for j := range fields[i:min(i+columns, len(fields))] {
			p := fieldPanel(&fields[i+j], colours)
			if left := &fields[i]; j > 0 && fields[i+j].YLabel == left.YLabel && slices.Equal(fields[i+j].Y, left.Y) {
				p.Y.Label, p.Y.Bare = "", true
			}
			row[j] = p
		}
		row[columns] = &bar{shades: colours, label: o.Label}
		b.rows, b.heights = append(b.rows, row), append(b.heights, vg.Length(0))
	}
	width := TwoColumns
	if columns == 1 {
		width = OneColumn
	}
	return newFigure(o.Style, width, b), nil
}

func fieldPanel(f *Field, colours shades) *Panel {
	p := &Panel{Title: f.Title, X: Axis{Label: f.XLabel}, Y: Axis{Label: f.YLabel}, Framed: true}
	p.layers = append(p.layers, &raster{f, colours})
	return p
}
