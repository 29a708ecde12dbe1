package plotting

import (
	"context"
	"fmt"
	"image/color"

	"scorebook/stdlib/stats"
	"scorebook/stdlib/trajectory"
)

const (
	curvePoints   = 160 // of a density in an interactive chart
	squareSize    = 240 // CSS pixels of an interactive density or matrix
	largestHeated = 64  // rows of an interactive matrix
)

// InteractiveMarginals is Marginals as a chart that can be zoomed and dragged, and tells the values under the pointer.
func InteractiveMarginals(ctx context.Context, data, model *trajectory.Trajectory, o Options) (*Interactive, error) {
	p, err := newPair(data, model, o)
	if err != nil {
		return nil, err
	}
	picture, err := Marginals(ctx, data, model, o)
	if err != nil {
		return nil, err
	}
	var rows []map[string]any
	for _, i := range p.Coordinates {
		if rows, err = p.densityRows(rows, i); err != nil {
			return nil, err
		}
	}
	names := make([]string, len(p.Coordinates))
	for k, i := range p.Coordinates {
		names[k] = plain(p.name(i))
	}
	return &Interactive{picture, p.densityChart(rows, names), "densities, to be zoomed"}, nil
}

// densityRows appends the densities of coordinate i.
func (p *pair) densityRows(rows []map[string]any, i int) ([]map[string]any, error) {
	add := func(of string, d *stats.Density) {
		x := d.Points()
		step := max(1, len(x)/curvePoints)
		for k := 0; k < len(x); k += step {
			rows = append(rows, map[string]any{"x": rounded(x[k]), "density": rounded(d.P[k]), "coordinate": plain(p.name(i)), "of": of})
		}
	}
	if p.model == nil {
		d, err := stats.Marginal(p.data.Physical(), i, stats.DensityOptions{})
		if err != nil {
			return nil, err
		}
		add(p.Data, d)
		return rows, nil
	}
	d, m, err := stats.MarginalPair(p.data, p.model, i, stats.DensityOptions{})
	if err != nil {
		return nil, err
	}
	add(p.Data, d)
	add(p.Model, m)
	return rows, nil
}

// densityChart is the specification: a panel for each coordinate, each zoomed by itself.
func (p *pair) densityChart(rows []map[string]any, names []string) map[string]any {
	return map[string]any{
		"$schema": vegaSchema,
		"title":   p.Title,
		"data":    map[string]any{"values": rows},
		"facet":   map[string]any{"field": "coordinate", "type": "nominal", "title": nil, "sort": names},
		"columns": min(2, len(names)),
		"resolve": map[string]any{"scale": map[string]any{"x": "independent", "y": "independent"}},
		"spec": map[string]any{
			"width": squareSize, "height": squareSize * 2 / 3,
			"mark":   map[string]any{"type": "line", "strokeWidth": 2, "clip": true, "tooltip": true},
			"params": []any{map[string]any{"name": "zoom", "select": "interval", "bind": "scales"}},
			"encoding": map[string]any{
				"x":     map[string]any{"field": "x", "type": "quantitative", "title": nil, "scale": map[string]any{"zero": false}},
				"y":     map[string]any{"field": "density", "type": "quantitative", "title": "density"},
				"color": p.colourOf(),
			},
		},
	}
}

// InteractiveMatrices is Matrices as a chart that tells the entry under the pointer.
func InteractiveMatrices(matrices []Named, o MatrixOptions) (*Interactive, error) {
	picture, err := Matrices(matrices, o)
	if err != nil {
		return nil, err
	}
	r, c := matrices[0].Matrix.Dims()
	if r*c*len(matrices) > largestHeated*largestHeated {
		return nil, fmt.Errorf("plotting: %d matrices of %d×%d are too many entries to point at; show fewer, or take Matrices", len(matrices), r, c)
	}
	limit := o.Limit
	var rows []map[string]any
	var names []string
	for _, n := range matrices {
		names = append(names, plain(n.Name))
		if o.Limit <= 0 {
			limit = max(limit, largestEntry(n.Matrix))
		}
		for i := range r {
			for j := range c {
				rows = append(rows, map[string]any{"matrix": plain(n.Name), "row": entryName(o.Names, i, r), "column": entryName(o.Names, j, c), "value": rounded(n.Matrix.At(i, j))})
			}
		}
	}
	return &Interactive{picture, matrixChart(rows, names, limit, max(r, c), o.Title), "matrices, whose entries can be pointed at"}, nil
}

// entryName is the name of a row or column, or its number from 1.
func entryName(names []string, i, n int) any {
	if len(names) == n {
		return plain(names[i])
	}
	return i + 1
}

// matrixChart is the specification: a heat map for each matrix, with one range of colours.
func matrixChart(rows []map[string]any, names []string, limit float64, n int, title string) map[string]any {
	size := min(squareSize, 28*n+20)
	place := func(field string) map[string]any {
		return map[string]any{"field": field, "type": "ordinal", "title": nil, "sort": nil, "axis": map[string]any{"labelOverlap": true}}
	}
	var shades []string
	for k := 0; k <= 16; k++ {
		shades = append(shades, hexOf(light().diverging.At(float64(k)/16)))
	}
	return map[string]any{
		"$schema": vegaSchema,
		"title":   title,
		"data":    map[string]any{"values": rows},
		"facet":   map[string]any{"field": "matrix", "type": "nominal", "title": nil, "sort": names},
		"columns": min(3, len(names)),
		"spec": map[string]any{
			"width": size, "height": size,
			"mark": map[string]any{"type": "rect", "tooltip": true},
			"encoding": map[string]any{
				"x": place("column"), "y": place("row"),
				"color": map[string]any{"field": "value", "type": "quantitative", "title": nil,
					"scale": map[string]any{"domain": []float64{-limit, limit}, "range": shades, "interpolate": "rgb"}},
			},
		},
	}
}

// colourOf gives data and model their colours.
func (p *pair) colourOf() map[string]any {
	labels, colours := []string{p.Data}, []string{hexOf(light().roles[Truth])}
	if p.model != nil {
		labels, colours = append(labels, p.Model), append(colours, hexOf(light().roles[Model]))
	}
	colour := map[string]any{"field": "of", "type": "nominal", "title": nil, "scale": map[string]any{"domain": labels, "range": colours}}
	if p.model == nil {
		colour["legend"] = nil
	}
	return colour
}

// hexOf is how a web page writes a colour.
func hexOf(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// plain is a label for what does not read TeX: with the indices and powers that Unicode has, and the marks before others.
func plain(label string) string {
	var out []rune
	before := 0
	for _, l := range letters(label) {
		small, ok := unicodeScripts[letter{r: l.r, script: l.script}]
		switch {
		case ok:
			l.r = small
		case l.script != 0 && l.script != before:
			out = append(out, map[int]rune{-1: '_', +1: '^'}[l.script])
		}
		before = l.script
		out = append(out, l.r)
	}
	return string(out)
}

// unicodeScripts are the indices and powers that Unicode has.
var unicodeScripts = func() map[letter]rune {
	m := map[letter]rune{}
	for r, c := range scripts {
		m[letter{r: c.r, script: c.script}] = r
	}
	return m
}()
