package prelude

import (
	"scorebook/plotting"
)

// Trajectories shows the coordinates of the data against time and those of a model over them; model may be nil.
func (v *Vocabulary) Trajectories(data, model *Trajectory, options ...FigureOptions) *Figure {
	return must(plotting.Trajectories(data, model, only(options)))
}

// Marginals shows the density of each coordinate of the data and of a model, which may be nil.
func (v *Vocabulary) Marginals(data, model *Trajectory, options ...FigureOptions) *Figure {
	return must(plotting.Marginals(v.context(), data, model, only(options)))
}

// Joints shows the joint densities of pairs of coordinates: of the data, of a model, and their
// difference.
func (v *Vocabulary) Joints(data, model *Trajectory, options ...FigureOptions) *Figure {
	return must(plotting.Joints(v.context(), data, model, only(options)))
}

// Autocorrelations shows ρᵢ(τ) of the data, LD (46), and of a model, which may be nil.
func (v *Vocabulary) Autocorrelations(data, model *Trajectory, options ...FigureOptions) *Figure {
	return must(plotting.Autocorrelations(v.context(), data, model, only(options)))
}

// Quiver shows two-dimensional scores as fields of arrows side by side.
func (v *Vocabulary) Quiver(scores []NamedScore, options ...QuiverOptions) *Figure {
	return must(plotting.Quiver(scores, only(options)))
}
