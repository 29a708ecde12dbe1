package langevin

import (
	"context"
	"fmt"

	"scorebook/stdlib/mobility"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

// BaselineOptions hold the options of [Baselines].
type BaselineOptions struct {
	mobility.BaselineOptions
	Tune TuneOptions
}

// Baseline is a reduced model by one of the ways of [Baselines].
type Baseline struct {
	Name  string
	Model *Model
	Alpha float64 // what Φ was multiplied by; 1 without tuning
	Err   error   // why there is no model
}

// Ways are the models of [Baselines], which show as a table.
type Ways []Baseline

// Baselines returns the reduced models by all the ways of [mobility.Baselines], on the same data with the same score, and last
// LD's recipe with its α tuned so that the autocorrelations agree.
func Baselines(ctx context.Context, t *trajectory.Trajectory, s score.Score, o BaselineOptions) (Ways, error) {
	ways, err := mobility.Baselines(ctx, t, s, o.BaselineOptions)
	if err != nil {
		return nil, err
	}
	var out Ways
	var recipe Baseline
	for _, w := range ways {
		b := Baseline{Name: w.Name, Alpha: 1, Err: w.Err}
		if w.Err == nil {
			b.Model = &Model{Score: w.Score, Mobility: w.Mobility}
		}
		if w.Name == mobility.RecipeName {
			recipe = b
		}
		out = append(out, b)
	}
	recipe.Name += ", α tuned"
	if recipe.Err == nil {
		tuned, err := Tune(ctx, recipe.Model, t, o.Tune)
		if err == nil {
			recipe.Model, recipe.Alpha = tuned.Model, tuned.Alpha
		}
		recipe.Err = err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("langevin: baselines interrupted: %w", err)
	}
	return append(out, recipe), nil
}
