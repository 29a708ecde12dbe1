package main

import (
	"fmt"
	"math"
	"os"

	"gonum.org/v1/gonum/stat"

	"scorebook/plotting"
)

// costsOfCounting is the duel of the counts at other numbers of cells, of the same number of labels.
func costsOfCounting(python string, labels, rounds int) ([]*duel, error) {
	var out []*duel
	for _, cells := range countedCells {
		d, err := duelOfCounts(python, labels, cells, rounds)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// countedCells are those of the picture.
var countedCells = []int{100, 1000, 10_000, 100_000}

// powerLaw fits the time f·nᵃ that Ċ takes for n cells.
func powerLaw(costs []cost) (f, a float64) {
	var x, y []float64
	for _, c := range costs {
		x, y = append(x, math.Log(float64(c.Cells))), append(y, math.Log(c.Rate))
	}
	b, a := stat.LinearRegression(x, y, nil, false)
	return math.Exp(b), a
}

// drawCosts writes a picture of the costs against the number of cells.
func drawCosts(file string, labels int, counts []*duel, costs []cost) error {
	var n, rate, guide, memory, cells, ours, theirs []float64
	factor, slope := powerLaw(costs)
	for _, c := range costs {
		n, rate, memory = append(n, float64(c.Cells)), append(rate, c.Rate), append(memory, c.Memory)
		guide = append(guide, factor*math.Pow(float64(c.Cells), slope))
	}
	for k, d := range counts {
		seconds := float64(labels) / 1e9
		cells, ours, theirs = append(cells, float64(countedCells[k])), append(ours, d.Ours*seconds), append(theirs, d.Theirs*seconds)
	}
	axis := plotting.Axis{Label: "cells", Log: true}
	f := plotting.New(plotting.Style{Title: "Cost against the number of cells"}, 3, 2.4,
		(&plotting.Panel{Title: "counting transitions", X: axis, Y: plotting.Axis{Label: "seconds", Log: true}}).
			Line("deeptime", plotting.Paper, cells, theirs).Dots("", plotting.Paper, cells, theirs, nil).
			Line("Scorebook", plotting.Model, cells, ours).Dots("", plotting.Model, cells, ours, nil),
		(&plotting.Panel{Title: fmt.Sprintf("dC/dt of %d coordinates", coordinates), X: axis, Y: plotting.Axis{Label: "seconds", Log: true}}).
			Dashed(fmt.Sprintf("slope %.2f", slope), plotting.Truth, n, guide).
			Line("ln(P)/τ, Krylov", plotting.Model, n, rate).Dots("", plotting.Model, n, rate, nil),
		(&plotting.Panel{Title: "memory of the process", X: axis, Y: plotting.Axis{Label: "peak, GiB", Log: true}}).
			Line("", plotting.Model, n, memory).Dots("", plotting.Model, n, memory, nil))
	png, _, _, err := f.PNG(2)
	if err != nil {
		return err
	}
	fmt.Println("drawn in", file)
	return os.WriteFile(file, png, 0o644)
}
