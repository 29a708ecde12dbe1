package prelude

import (
	"scorebook/kernel/display"
	"scorebook/plotting"
	"scorebook/stdlib/kgmm"
	"scorebook/stdlib/markov"
	"scorebook/stdlib/mobility"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/stats"
	"scorebook/stdlib/systems"
	"scorebook/stdlib/trajectory"
)

// The types of a cell. An alias without a comment has that of what it stands for.
type (
	Trajectory = trajectory.Trajectory
	Scale      = trajectory.Scale

	SDE      = sde.SDE
	Run      = sde.Run
	Noise    = sde.Noise
	Scheme   = sde.Scheme
	Calculus = sde.Calculus

	AsymmetricPotential = systems.AsymmetricPotential
	DoubleWell          = systems.DoubleWell
	OrnsteinUhlenbeck   = systems.OrnsteinUhlenbeck

	Score       = score.Score
	ScoreFunc   = score.Func
	KGMMModel   = kgmm.Model
	KGMMOptions = kgmm.Options

	MarkovChain = markov.RateMatrix
	RateOptions = markov.Options
	RateMethod  = markov.Method

	DriftMatrix     = mobility.Mobility
	MobilityOptions = mobility.Options

	Correlation = stats.Correlation

	Figure        = plotting.Figure
	FigureOptions = plotting.Options
	QuiverOptions = plotting.QuiverOptions
	NamedScore    = plotting.Score

	Criterion = display.Criterion
	HTML      = display.HTML
	Markdown  = display.Markdown
	Latex     = display.Latex
)

// The methods of integration, for Run, and the two meanings of a noise that depends on the state.
const (
	EulerMaruyama      = sde.EulerMaruyama
	StochasticHeun     = sde.StochasticHeun
	LeimkuhlerMatthews = sde.LeimkuhlerMatthews
	Milstein           = sde.Milstein
	RungeKutta         = sde.RungeKutta

	Ito          = sde.Ito
	Stratonovich = sde.Stratonovich
)

// The estimators of the generator, for RateOptions.
const (
	Logarithm     = markov.Logarithm
	CellLogarithm = markov.CellLogarithm
	Naive         = markov.Naive
	PerState      = markov.PerState
	MeanDiagonal  = markov.MeanDiagonal
	Direct        = markov.Direct
	Richardson    = markov.Richardson
)
