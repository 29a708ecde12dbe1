package sde

import "fmt"

// Scheme is a method that takes the states of an ensemble through one time step δt. Its orders are those of the error
// at a fixed time against δt: strong along each path, weak in expectations.
//
//	                    equation      additive noise      multiplicative noise
//	scheme              it solves     strong    weak      strong    weak
//	EulerMaruyama       Itô           1         1         ½         1
//	StochasticHeun      Stratonovich  1         2         1         1
//	LeimkuhlerMatthews  –             ½         1 (a)     –         –
//	Milstein            both          1         1         1 (b)     1
//	RungeKutta          –             1         1 (c)     –         –
//
// (a) 2 for stationary averages of a gradient drift. (b) When the noise is diagonal with bᵢ a function of xᵢ alone, or
// comes from one source. (c) 4 without noise. With additive noise Itô's and Stratonovich's equations are the same.
type Scheme int

const (
	// EulerMaruyama is Xₙ₊₁ = Xₙ + δt F(Xₙ) + √δt B(Xₙ) ζₙ, LD (77).
	EulerMaruyama Scheme = iota
	// StochasticHeun averages drift and noise over Xₙ and an Euler–Maruyama predictor.
	StochasticHeun
	// LeimkuhlerMatthews is Xₙ₊₁ = Xₙ + δt F(Xₙ) + √δt B (ζₙ₋₁ + ζₙ)/2: one drift per step, second order for stationary
	// averages of a gradient drift.
	LeimkuhlerMatthews
	// Milstein adds to EulerMaruyama the term of order δt that multiplicative noise brings.
	Milstein
	// RungeKutta is the classical fourth-order step of the drift, followed by √δt B ζₙ.
	RungeKutta
)

// traits is what a scheme can do, and how it is made.
type traits struct {
	name           string
	multiplicative bool // takes a noise that depends on the state
	ito, strat     bool // the calculus in which it then reads the equation
	make           func(equation, int) stepper

	additive, field namedLoop // the compiled forms with a constant B and with one that depends on the state
}

// namedLoop is a loop and its name in the text.
type namedLoop struct {
	name string
	run  loop
}

var schemes = [...]traits{
	EulerMaruyama: {"Euler–Maruyama", true, true, false, newEulerMaruyama,
		namedLoop{"loopEulerMaruyama", loopEulerMaruyama}, namedLoop{"loopEulerMaruyamaField", loopEulerMaruyamaField}},
	StochasticHeun: {"stochastic Heun", true, false, true, newStochasticHeun,
		namedLoop{"loopHeun", loopHeun}, namedLoop{"loopHeunField", loopHeunField}},
	LeimkuhlerMatthews: {"Leimkuhler–Matthews", false, false, false, newLeimkuhlerMatthews,
		namedLoop{"loopLeimkuhlerMatthews", loopLeimkuhlerMatthews}, namedLoop{}},
	Milstein: {"Milstein", true, true, true, newMilstein,
		namedLoop{"loopEulerMaruyama", loopEulerMaruyama}, namedLoop{"loopMilsteinField", loopMilsteinField}},
	RungeKutta: {"Runge–Kutta 4", false, false, false, newRungeKutta,
		namedLoop{"loopRungeKutta", loopRungeKutta}, namedLoop{}},
}

// String is the scheme's name.
func (s Scheme) String() string {
	if s < 0 || int(s) >= len(schemes) {
		return fmt.Sprintf("scheme %d", int(s))
	}
	return schemes[s].name
}

// validate is an error unless the scheme solves an equation with this noise.
func (s Scheme) validate(dim int, n Noise) error {
	if s < 0 || int(s) >= len(schemes) {
		return fmt.Errorf("sde: Run.Scheme is %d; the schemes are EulerMaruyama … RungeKutta, 0 to %d", int(s), len(schemes)-1)
	}
	t := schemes[s]
	switch {
	case n.field == nil:
		return nil
	case !t.multiplicative:
		return fmt.Errorf("sde: the %s scheme needs a constant B; use Milstein, EulerMaruyama or StochasticHeun", s)
	case n.Calculus == Ito && !t.ito:
		return fmt.Errorf("sde: the %s scheme solves Stratonovich's equation and the noise is Itô's; "+
			"use EulerMaruyama or Milstein, or set Noise.Calculus to Stratonovich if that is meant", s)
	case n.Calculus == Stratonovich && !t.strat:
		return fmt.Errorf("sde: the %s scheme solves Itô's equation and the noise is Stratonovich's; "+
			"use StochasticHeun or Milstein", s)
	case s == Milstein && n.sources > 1:
		return fmt.Errorf("sde: Milstein's scheme takes diagonal noise or one source, B(x) has %d sources for %d coordinates; "+
			"use EulerMaruyama (Itô) or StochasticHeun (Stratonovich)", n.sources, dim)
	}
	return nil
}

// equation is what a stepper integrates.
type equation struct {
	dim   int
	drift Drift // of many states
	noise Noise
	dt    float64
}

// stepper takes the states of a block through one step. It belongs to one worker.
type stepper interface {
	// start forgets what is kept between the steps of the block's n members.
	start(n int)
	// step advances the states x (sample-major) by one step with these draws.
	step(x []float64, z draws)
}

// draws holds the ζ of one step: those of member m are z[m·stride : m·stride+M].
type draws struct {
	z      []float64
	stride int
}

// memoryless is a stepper that keeps nothing between steps.
type memoryless struct{}

func (memoryless) start(int) {}
