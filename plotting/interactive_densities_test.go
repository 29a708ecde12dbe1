package plotting

import (
	"encoding/json"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// rowsOf are the data of an interactive chart, as a front end reads them.
func rowsOf(t *testing.T, c *Interactive) []map[string]any {
	t.Helper()
	text, err := json.Marshal(c.Spec)
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		Data struct{ Values []map[string]any }
	}
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	return read.Data.Values
}

// Each density of the chart integrates to one.
func TestInteractiveMarginalsAreDensities(t *testing.T) {
	a, b := wandering(1, 2, 5000), wandering(2, 2, 5000)
	a.Names = []string{"wind_speed", "x_1"}
	c, err := InteractiveMarginals(t.Context(), a, b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	mass, last := map[string]float64{}, map[string]float64{}
	for _, r := range rowsOf(t, c) {
		key, x := r["coordinate"].(string)+" of "+r["of"].(string), r["x"].(float64)
		if before, ok := last[key]; ok {
			mass[key] += (x - before) * r["density"].(float64)
		}
		last[key] = x
	}
	for _, key := range []string{"wind_speed of data", "wind_speed of model", "x₁ of data", "x₁ of model"} {
		if math.Abs(mass[key]-1) > 0.02 {
			t.Errorf("the density of %s integrates to %.3f; %v", key, mass[key], mass)
		}
	}
	if data, _ := c.MIMEBundle(); data["image/png"] == nil || data["text/plain"] != c.summary {
		t.Errorf("bundle of %d forms", len(data))
	}
}

func TestInteractiveMatricesHoldEveryEntry(t *testing.T) {
	m := mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, -6})
	c, err := InteractiveMatrices([]Named{{"Φ_S", m}}, MatrixOptions{Names: []string{"p", "q"}})
	if err != nil {
		t.Fatal(err)
	}
	rows := rowsOf(t, c)
	if len(rows) != 6 {
		t.Fatalf("%d entries", len(rows))
	}
	last := rows[5]
	if last["value"] != -6.0 || last["row"] != "q" || last["column"] != 3.0 || last["matrix"] != "Φ_S" {
		t.Errorf("last entry %v", last)
	}
	domain := c.Spec["spec"].(map[string]any)["encoding"].(map[string]any)["color"].(map[string]any)["scale"].(map[string]any)["domain"]
	if d := domain.([]float64); d[0] != -6 || d[1] != 6 {
		t.Errorf("colours from %v", d)
	}
	if _, err := InteractiveMatrices([]Named{{"A", wave(80, 80)}}, MatrixOptions{}); err == nil {
		t.Error("6400 entries were taken")
	}
	if _, err := InteractiveMatrices(nil, MatrixOptions{}); err == nil {
		t.Error("no matrices were taken")
	}
}
