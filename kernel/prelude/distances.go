package prelude

import (
	"fmt"
	"slices"

	"scorebook/stdlib/stats"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// KL is the relative entropy ∫ pₐ ln(pₐ/p_b) dxᵢ, in nats, of the marginal densities of a and b, in physical coordinates:
// the largest among the coordinates given (the first is 0), or among all.
func (v *Vocabulary) KL(a, b *Trajectory, coordinates ...int) float64 {
	return largest(must(stats.KL(v.context(), a, b)), coordinates)
}

// JointTV is the total variation ½ ∫ |pₐ − p_b| dxᵢ dxⱼ, between 0 and 1, of the joint densities of coordinates i and j.
func (v *Vocabulary) JointTV(a, b *Trajectory, i, j int) float64 {
	return must(stats.JointTV(v.context(), a, b, i, j))
}

// ACF returns the autocorrelation functions ρᵢ(τ) = C_ii(τ)/C_ii(0), LD (46), for lags from 0 to horizon, a time.
func (v *Vocabulary) ACF(t *Trajectory, horizon float64) *Correlation {
	return must(stats.ACF(v.context(), t, horizon))
}

// ACFError is max |ρᵃ(τ) − ρᵇ(τ)| over the lags from 0 to horizon, a time: the largest among the coordinates given (the
// first is 0), or among all.
func (v *Vocabulary) ACFError(a, b *Trajectory, horizon float64, coordinates ...int) float64 {
	return largest(must(v.ACF(a, horizon).MaxError(v.ACF(b, horizon))), coordinates)
}

// PathRMSE is the root mean square distance of b from a at equal times, over the first horizon of time, in standard
// deviations of a: one number for each run, that of the coordinate which is furthest off. It makes sense for paths driven
// by the same noise, LD Figs. 3 and 4.
func (v *Vocabulary) PathRMSE(a, b *Trajectory, horizon float64) []float64 {
	var worst []float64
	for _, run := range must(stats.PathErrors(a, b, horizon)) {
		worst = append(worst, slices.Max(run))
	}
	return worst
}

// RelativeError is ‖A − B‖_F / ‖B‖_F, how far A is from B.
func (v *Vocabulary) RelativeError(a, b mat.Matrix) float64 {
	var d mat.Dense
	d.Sub(a, b)
	return mat.Norm(&d, 2) / mat.Norm(b, 2)
}

// ScoreError is √(⟨|a − b|²⟩ / ⟨|b|²⟩), how far the score a is from b, with the averages over the samples of t, which is in
// the coordinates of both: errors count where the system spends its time.
func (v *Vocabulary) ScoreError(a, b Score, t *Trajectory) float64 {
	a, b = given(a), given(b)
	if err := t.Validate(); err != nil {
		panic(&Failure{err})
	}
	if a.Dim() != t.Dim || b.Dim() != t.Dim {
		panic(fmt.Sprintf("prelude: scores of %d and %d coordinates on a trajectory of %d", a.Dim(), b.Dim(), t.Dim))
	}
	x, y := make([]float64, len(t.X)), make([]float64, len(t.X))
	together(a).ScoreTo(x, t.X)
	together(b).ScoreTo(y, t.X)
	return floats.Distance(x, y, 2) / floats.Norm(y, 2)
}

// largest is the largest of the values with these indices, or of all when there are none.
func largest(values []float64, indices []int) float64 {
	if len(indices) == 0 {
		return slices.Max(values)
	}
	var chosen []float64
	for _, i := range indices {
		if i < 0 || i >= len(values) {
			panic(fmt.Sprintf("prelude: coordinate %d of %d; the first is 0", i, len(values)))
		}
		chosen = append(chosen, values[i])
	}
	return slices.Max(chosen)
}
