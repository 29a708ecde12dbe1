package prelude

import (
	"scorebook/kernel/display"
	"scorebook/plotting"
	"scorebook/stdlib/dsm"
	"scorebook/stdlib/kgmm"
	"scorebook/stdlib/markov"
	"scorebook/stdlib/mobility"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/stats"
	"scorebook/stdlib/systems"
	"scorebook/stdlib/trajectory"
)

type (
	Trajectory = trajectory.Trajectory
	Scale      = trajectory.Scale

	LoadOptions   = trajectory.CSV
	MissingPolicy = trajectory.Missing

	SDE      = sde.SDE
	Run      = sde.Run
	Noise    = sde.Noise
	Scheme   = sde.Scheme
	Calculus = sde.Calculus

	AsymmetricPotential = systems.AsymmetricPotential
	DoubleWell          = systems.DoubleWell
	OrnsteinUhlenbeck   = systems.OrnsteinUhlenbeck
	TripleWell          = systems.TripleWell
	ReducedTriad        = systems.ReducedTriad
	Triad               = systems.Triad
	Lorenz63            = systems.Lorenz63
	Lorenz96            = systems.Lorenz96
	KuramotoSivashinsky = systems.KuramotoSivashinsky

	Score         = score.Score
	ScoreFunc     = score.Func
	KGMMModel     = kgmm.Model
	KGMMOptions   = kgmm.Options
	KGMMChoice    = kgmm.Choice
	ChooseOptions = kgmm.ChooseOptions
	DSMModel      = dsm.Model
	DSMOptions    = dsm.Options

	MarkovChain = markov.RateMatrix
	RateOptions = markov.Options
	RateMethod  = markov.Method
	LagOptions  = markov.LagOptions
	LagScan     = markov.Plateau

	DriftMatrix       = mobility.Mobility
	MobilityOptions   = mobility.Options
	IntegratedOptions = mobility.IntegratedOptions

	Correlation = stats.Correlation

	Figure        = plotting.Figure
	FigureOptions = plotting.Options
	QuiverOptions = plotting.QuiverOptions
	NamedScore    = plotting.Score
	Interactive   = plotting.Interactive

	Series             = plotting.Series
	CurvesOptions      = plotting.CurvesOptions
	Field              = plotting.Field
	FieldOptions       = plotting.FieldOptions
	NamedMatrix        = plotting.Named
	MatrixOptions      = plotting.MatrixOptions
	ScoreCloudsOptions = plotting.ScoreCloudsOptions
	Panel              = plotting.Panel
	Axis               = plotting.Axis
	Style              = plotting.Style
	Role               = plotting.Role

	Criterion = display.Criterion
	HTML      = display.HTML
	Markdown  = display.Markdown
	Latex     = display.Latex
	SVG       = display.SVG
)

// Saver is what can be written to a file: a Trajectory, a Figure, the Denoiser of a score.
type Saver interface{ Save(path string) error }

const (
	EulerMaruyama      = sde.EulerMaruyama      // Xₙ₊₁ = Xₙ + δt F(Xₙ) + √δt B(Xₙ) ζₙ, LD (77): weak order 1.
	StochasticHeun     = sde.StochasticHeun     // Drift and noise averaged over Xₙ and a predictor: weak order 2 for constant B.
	LeimkuhlerMatthews = sde.LeimkuhlerMatthews // One drift a step, order 2 for stationary averages of a gradient drift.
	Milstein           = sde.Milstein           // EulerMaruyama with the term of order δt that multiplicative noise brings.
	RungeKutta         = sde.RungeKutta         // Fourth-order step of the drift, then the noise.

	Ito          = sde.Ito          // A noise that depends on the state is taken at the beginning of each step.
	Stratonovich = sde.Stratonovich // It is taken in the middle of each step: the limit of smooth noise.

	RefuseMissing      = trajectory.RefuseMissing      // A missing value is an error that counts them and says where the first is.
	SplitMissing       = trajectory.SplitMissing       // A run ends before a missing value, and the next begins after it.
	InterpolateMissing = trajectory.InterpolateMissing // A straight line is put into gaps: it makes them look smoother than they were.

	Logarithm     = markov.Logarithm     // ln(T)/τ, with T the transition operator on the cells and the coordinates.
	CellLogarithm = markov.CellLogarithm // ln(P)/τ, with P the transition matrix of the cells.
	Naive         = markov.Naive         // (P − I)/τ, LD (70) and (42).
	PerState      = markov.PerState      // Naive with the exit rate of each cell corrected, LD (71).
	MeanDiagonal  = markov.MeanDiagonal  // Naive with one correction for all cells, the choice for LD Figs. 1 and 2.
	Direct        = markov.Direct        // [C(τ) − C(0)]/τ, without cells.
	HoldingTime   = markov.HoldingTime   // Of a process that jumps: from the mean holding time of each cell.
	Richardson    = markov.Richardson    // 2E(τ) − E(2τ) of the direct estimate E.
	GreenKubo     = markov.GreenKubo     // −C(0) K⁻¹ C(0) with K = ∫ C(t) dt of the trajectory: right for slow motion, whatever happens at short times.
	GroupInverse  = markov.GroupInverse  // The same with K from the chain of the cells.

	Truth = plotting.Truth // The data, or an exact result.
	Model = plotting.Model // What was learned from the data.
	Paper = plotting.Paper // A published value.
	Other = plotting.Other // Any other curve: it takes its colour from a cycle.
)
