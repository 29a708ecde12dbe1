package plotting

import (
	"encoding/base64"
	"strconv"

	"scorebook/stdlib/trajectory"
)

// Interactive is a figure that a front end with Vega-Lite lets its reader zoom and drag. Elsewhere it is a picture.
type Interactive struct {
	*Figure                // the picture
	Spec    map[string]any // the Vega-Lite specification, version 5, data included

	summary string // for readers who see neither
}

// mostPoints bounds the points of an interactive chart.
const mostPoints = 5000

const (
	vegaLite      = "application/vnd.vegalite.v5+json"
	vegaSchema    = "https://vega.github.io/schema/vega-lite/v5.json"
	vegaWidth     = 560 // CSS pixels of a panel
	vegaHeight    = 110
	pictureScale  = 2
	shownInteract = 10 * shownTimes // decorrelation times: a chart that zooms can hold more
)

// Zoom is Trajectories as a chart that can be zoomed and dragged in time. It holds at most 5000 points: of every stretch of
// time the least and the greatest value, so that no excursion is lost.
func Zoom(data, model *trajectory.Trajectory, o Options) (*Interactive, error) {
	p, err := newPair(data, model, o)
	if err != nil {
		return nil, err
	}
	picture, err := Trajectories(data, model, o)
	if err != nil {
		return nil, err
	}
	duration := p.Duration
	if duration == 0 {
		duration = p.span(shownInteract)
	}
	return &Interactive{picture, p.zoomed(duration), "trajectories, to be zoomed"}, nil
}

// zoomed is the specification: a panel for each coordinate, whose axes of time move together.
func (p *pair) zoomed(duration float64) map[string]any {
	named := []struct {
		label string
		of    *trajectory.Trajectory
	}{{p.Data, p.data}, {p.Model, p.model}}
	if p.model == nil {
		named = named[:1]
	}
	var rows []map[string]any
	var coordinates []string
	for _, n := range named {
		for _, i := range p.Coordinates {
			x, y := window(n.of, i, p.From, duration)
			x, y = thinned(x, y, mostPoints/(len(named)*len(p.Coordinates)))
			for k := range x {
				rows = append(rows, map[string]any{"t": x[k], "value": rounded(y[k]), "coordinate": plain(p.name(i)), "of": n.label})
			}
		}
	}
	for _, i := range p.Coordinates {
		coordinates = append(coordinates, plain(p.name(i)))
	}
	return map[string]any{
		"$schema": vegaSchema,
		"title":   p.Title,
		"data":    map[string]any{"values": rows},
		"facet":   map[string]any{"row": map[string]any{"field": "coordinate", "type": "nominal", "title": nil, "sort": coordinates, "header": map[string]any{"labelAngle": 0}}},
		"resolve": map[string]any{"scale": map[string]any{"y": "independent"}},
		"spec": map[string]any{
			"width": vegaWidth, "height": vegaHeight,
			"mark":   map[string]any{"type": "line", "strokeWidth": 1, "clip": true},
			"params": []any{map[string]any{"name": "zoom", "select": map[string]any{"type": "interval", "encodings": []string{"x"}}, "bind": "scales"}},
			"encoding": map[string]any{
				"x":     map[string]any{"field": "t", "type": "quantitative", "title": "time t"},
				"y":     map[string]any{"field": "value", "type": "quantitative", "title": nil, "scale": map[string]any{"zero": false}},
				"color": p.colourOf(),
			},
		},
	}
}

// rounded keeps six digits, which is more than a screen shows.
func rounded(x float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 6, 64), 64)
	if err != nil {
		return x
	}
	return short
}

// thinned keeps of a series at most so many points: the least and the greatest of equal stretches, in their order.
func thinned(x, y []float64, most int) (tx, ty []float64) {
	if len(x) <= most {
		return x, y
	}
	stretches := max(1, most/2)
	for s := range stretches {
		low := s * len(y) / stretches
		high := low
		for k := low; k < (s+1)*len(y)/stretches; k++ {
			if y[k] < y[low] {
				low = k
			}
			if y[k] > y[high] {
				high = k
			}
		}
		first, second := min(low, high), max(low, high)
		tx, ty = append(tx, x[first]), append(ty, y[first])
		if second > first {
			tx, ty = append(tx, x[second]), append(ty, y[second])
		}
	}
	return tx, ty
}

// MIMEBundle shows the chart, with the picture for front ends that cannot.
func (c *Interactive) MIMEBundle() (data, metadata map[string]any) {
	data = map[string]any{vegaLite: c.Spec, "text/plain": c.summary}
	metadata = map[string]any{}
	if picture, width, height, err := c.PNG(pictureScale); err == nil {
		data["image/png"] = base64.StdEncoding.EncodeToString(picture)
		metadata["image/png"] = map[string]any{"width": width, "height": height}
	}
	return data, metadata
}
