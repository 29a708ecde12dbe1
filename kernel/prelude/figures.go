package prelude

import (
	"errors"
	"slices"

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
	scores = slices.Clone(scores)
	for i := range scores {
		scores[i].Score = together(given(scores[i].Score))
	}
	return must(plotting.Quiver(scores, only(options)))
}

// SpaceTime shows a field on a line or a ring of points, one coordinate each, as a map of time and position: that of the
// data and, below it, that of a model, which may be nil.
func (v *Vocabulary) SpaceTime(data, model *Trajectory, options ...FigureOptions) *Figure {
	return must(plotting.SpaceTime(data, model, only(options)))
}

// CompareRing shows a model of a ring of points that are all alike beside its data: maps, what all points have in common,
// joint densities of points 1, 2 and 3 apart; KG Figs. 5 and 6, LD Fig. 1.
func (v *Vocabulary) CompareRing(data, model *Trajectory, options ...FigureOptions) *Figure {
	return must(plotting.CompareRing(v.context(), data, model, only(options)))
}

// CompareScores shows a learned score beside the exact one, which may be nil, and what was sampled with it beside the
// data, in one dimension (KG Fig. 2) or two (KG Fig. 3). The scores are in physical coordinates.
func (v *Vocabulary) CompareScores(data, model *Trajectory, learned, exact Score, options ...FigureOptions) *Figure {
	return must(plotting.CompareScores(v.context(), data, model, together(learned), together(exact), only(options)))
}

// ScoreClouds shows in one dimension how KGMM comes to its score at several widths σ, a panel for each model; KG Fig. 1.
func (v *Vocabulary) ScoreClouds(data *Trajectory, models []*KGMMModel, options ...ScoreCloudsOptions) *Figure {
	return must(plotting.ScoreClouds(v.context(), data, models, only(options)))
}

// Curves shows curves in one panel. The truth is drawn broad and first, so that a model that agrees with it shows.
func (v *Vocabulary) Curves(series []Series, options ...CurvesOptions) *Figure {
	return must(plotting.Curves(series, only(options)))
}

// Fields shows functions of two variables side by side with one scale of colours.
func (v *Vocabulary) Fields(fields []Field, options ...FieldOptions) *Figure {
	return must(plotting.Fields(fields, only(options)))
}

// Matrices shows matrices of one shape side by side with one range of colours, symmetric about zero; LD Fig. 2.
func (v *Vocabulary) Matrices(matrices []NamedMatrix, options ...MatrixOptions) *Figure {
	return must(plotting.Matrices(matrices, only(options)))
}

// Panels lays panels of your own out in a grid of so many columns; a Panel takes lines, dots, areas and every plotter of
// gonum.org/v1/plot.
func (v *Vocabulary) Panels(style Style, columns int, panels ...*Panel) *Figure {
	if len(panels) == 0 {
		panic(&Failure{errors.New("plotting: no panels to show")})
	}
	return plotting.New(style, columns, 0, panels...)
}

// InteractiveMarginals is Marginals as a chart that can be zoomed and dragged, and tells the values under the pointer.
func (v *Vocabulary) InteractiveMarginals(data, model *Trajectory, options ...FigureOptions) *Interactive {
	return must(plotting.InteractiveMarginals(v.context(), data, model, only(options)))
}

// InteractiveMatrices is Matrices as a chart that tells the entry under the pointer.
func (v *Vocabulary) InteractiveMatrices(matrices []NamedMatrix, options ...MatrixOptions) *Interactive {
	return must(plotting.InteractiveMatrices(matrices, only(options)))
}
