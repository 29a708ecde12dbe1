package plotting

import (
	"encoding/json"
	"math"
	"testing"

	"scorebook/stdlib/trajectory"
)

func TestZoomHoldsEveryExcursion(t *testing.T) {
	const n, dim = 200_000, 3
	x := make([]float64, n*dim)
	for k := range n {
		x[k*dim], x[k*dim+1], x[k*dim+2] = math.Sin(float64(k)/500), math.Cos(float64(k)/900), float64(k%1000)
	}
	x[77_777*dim] = 40 // one sample that a stride would miss
	tr, err := trajectory.New(dim, 0.01, x)
	if err != nil {
		t.Fatal(err)
	}
	c, err := Zoom(tr, nil, Options{Duration: n * 0.01})
	if err != nil {
		t.Fatal(err)
	}
	rows := c.Spec["data"].(map[string]any)["values"].([]map[string]any)
	if len(rows) > mostPoints || len(rows) < mostPoints/2 {
		t.Errorf("%d points, want at most %d", len(rows), mostPoints)
	}
	highest, last := 0.0, map[string]float64{}
	for _, r := range rows {
		name, at := r["coordinate"].(string), r["t"].(float64)
		if before, ok := last[name]; ok && at <= before {
			t.Fatalf("time %g of %s comes after %g", at, name, before)
		}
		last[name] = at
		if name == tr.Name(0) {
			highest = max(highest, r["value"].(float64))
		}
	}
	if highest != 40 || len(last) != dim {
		t.Errorf("greatest value %g of %d coordinates, want 40 of %d", highest, len(last), dim)
	}
	data, metadata := c.MIMEBundle()
	if _, err := json.Marshal(data[vegaLite]); err != nil || data["image/png"] == nil || metadata["image/png"] == nil {
		t.Errorf("bundle with %v, %v", metadata, err)
	}
}

func TestThinnedKeepsShortSeries(t *testing.T) {
	x, y := thinned([]float64{0, 1, 2}, []float64{5, 6, 7}, 3)
	if len(x) != 3 || y[2] != 7 {
		t.Errorf("%v %v", x, y)
	}
}
