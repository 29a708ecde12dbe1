package prelude_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"scorebook/kernel/cell"
	"scorebook/kernel/cell/exports"
	"scorebook/kernel/interp"
	"scorebook/kernel/prelude"
	"scorebook/kernel/prelude/symbols"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

// A book runs cells, with machine code or without.
type book struct {
	testing.TB
	session *interp.Session
	cells   int
}

func newBook(t testing.TB, interpreted bool, cells ...string) *book {
	t.Helper()
	im := exports.New()
	words, err := prelude.Package(im)
	if err != nil {
		t.Fatal(err)
	}
	p := prelude.New()
	own := p.Symbols()
	s, err := interp.New(interp.Options{Importer: im, Prelude: words, Before: p.Bind, Interpreted: interpreted,
		Symbols: func(path string) map[string]reflect.Value {
			if path == prelude.Path {
				return own
			}
			return symbols.Package(path)
		}})
	if err != nil {
		t.Fatal(err)
	}
	b := &book{TB: t, session: s}
	for _, c := range cells {
		b.value(c)
	}
	return b
}

func (b *book) run(ctx context.Context, text string) (any, error) {
	b.cells++
	r, err := b.session.Evaluate(ctx, cell.Source{Number: b.cells, Text: text}, cell.Streams{})
	return r.Value, err
}

func (b *book) value(text string) any {
	b.Helper()
	v, err := b.run(context.Background(), text)
	if err != nil {
		b.Fatalf("%s\n%v", text, err)
	}
	return v
}

// states are the samples of the trajectory that a cell yields.
func (b *book) states(text string) []float64 {
	b.Helper()
	return b.value(text).(*trajectory.Trajectory).X
}

// rotating is the system of the quickstart as its user writes it.
const rotating = `A1, A2, B1, B2, r := 1.0, 1.2, 0.6, 0.3, 0.8
drift := func(dst, x []float64) {
	g1 := 4*x[0]*(x[0]*x[0]-A1*A1) + B1
	g2 := 4*x[1]*(x[1]*x[1]-A2*A2) + B2
	dst[0], dst[1] = -g1+r*g2, -r*g1-g2
}
system := SDE{Dim: 2, Drift: drift, Noise: Isotropic(math.Sqrt2)}
builtIn := AsymmetricPotential{}.SDE()`

var schemeNames = []string{"EulerMaruyama", "StochasticHeun", "LeimkuhlerMatthews", "Milstein", "RungeKutta"}

// TestUserDriftsHaveTheBitsOfTheLibrary compares the three forms of one drift, by each scheme.
func TestUserDriftsHaveTheBitsOfTheLibrary(t *testing.T) {
	n, slow := newBook(t, false, rotating), newBook(t, true, rotating)
	s := n.value("system").(prelude.SDE)
	if !prelude.HasLoop(s, prelude.Run{Steps: 50_000}) || prelude.HasLoop(s, prelude.Run{Steps: 50}) {
		t.Error("the drift and a long loop are not one piece, or it and a short one are")
	}
	for _, scheme := range schemeNames {
		for _, run := range []string{
			"Run{Scheme: %s, Dt: 0.005, Steps: 50_000, Every: 6, Ensemble: 9, BurnIn: 2000, Seed: 1}",
			"Run{Scheme: %s, Dt: 0.005, Steps: 21_000, Every: 1, Seed: 2, Bound: 1.7, Start: []float64{-1, 1}}",
		} {
			run = fmt.Sprintf(run, scheme)
			want := n.states("Simulate(builtIn, " + run + ")")
			if !slices.Equal(n.states("Simulate(system, "+run+")"), want) {
				t.Errorf("%s: the user's drift has other bits than the library's", run)
			}
			if len(want) == 42_000 && !slices.Equal(slow.states("Simulate(system, "+run+")"), want) {
				t.Errorf("%s: the interpreted drift has other bits than the library's", run)
			}
		}
	}
}

// TestQuickstartAtTenTimesItsSteps runs the drift of the quickstart's user for ten times as long as the notebook does.
func TestQuickstartAtTenTimesItsSteps(t *testing.T) {
	n := newBook(t, false, rotating, `record := Run{
	Scheme: StochasticHeun, Dt: 0.005, Steps: 10 * int(800/0.005), Every: 60,
	Ensemble: 64, BurnIn: 2000, Seed: 1,
}`)
	if !slices.Equal(n.states("Simulate(system, record)"), n.states("Simulate(builtIn, record)")) {
		t.Error("the user's drift has other bits than the library's")
	}
}

// TestUserNoiseHasTheBitsOfTheInterpreter runs noise that depends on the state.
func TestUserNoiseHasTheBitsOfTheInterpreter(t *testing.T) {
	cells := []string{rotating, `amplitude := func(dst, x []float64) { dst[0], dst[1] = 1+0.5*math.Sin(x[1]), 1/(1+x[0]*x[0]) }
matrix := func(dst, x []float64) { for i := range dst { dst[i] = 0.3 + 0.1*float64(i)*math.Tanh(x[i%2]) } }
diagonal := SDE{Dim: 2, Drift: drift, Noise: Multiplicative(amplitude)}
three := SDE{Dim: 2, Drift: drift, Noise: sde.MultiplicativeMatrix(3, matrix)}
one := SDE{Dim: 2, Drift: drift, Noise: sde.MultiplicativeMatrix(1, matrix)}
stratonovich := func(s SDE) SDE { s.Noise.Calculus = Stratonovich; return s }`}
	n, slow := newBook(t, false, cells...), newBook(t, true, cells...)
	if !prelude.HasLoop(n.value("three").(prelude.SDE), prelude.Run{Steps: 50_000}) {
		t.Error("drift, noise and loop are not one piece")
	}
	for _, c := range [][2]string{{"diagonal", "EulerMaruyama"}, {"three", "EulerMaruyama"}, {"one", "Milstein"},
		{"stratonovich(diagonal)", "Milstein"}, {"stratonovich(three)", "StochasticHeun"}} {
		text := fmt.Sprintf("Simulate(%s, Run{Scheme: %s, Dt: 0.005, Steps: 5_100, Ensemble: 4, Seed: 3})", c[0], c[1])
		if !slices.Equal(n.states(text), slow.states(text)) {
			t.Errorf("%s: other bits than interpreted", text)
		}
	}
}

// TestDriftsKeepTheMeaningOfTheirVariables writes and reads captured variables in a drift, one of them of a redefined
// function.
func TestDriftsKeepTheMeaningOfTheirVariables(t *testing.T) {
	cells := []string{
		"calls, k := 0, 1.0\nfunc force(x float64) float64 { return -k * x }",
		`drift := func(dst, x []float64) {
	calls++
	dst[0] = force(x[0])
	if calls%3 == 0 { dst[0] += 0.1 }
}
s := SDE{Dim: 1, Drift: drift, Noise: Isotropic(1)}
run := Run{Scheme: RungeKutta, Dt: 0.01, Steps: 10_500, Ensemble: 2, Seed: 1, Workers: 1}
Simulate(s, run)`,
		"k = 2\nSimulate(s, run)",
		"func force(x float64) float64 { return -x * x * x }\nSimulate(s, run)",
	}
	n, slow := newBook(t, false), newBook(t, true)
	for _, c := range cells {
		got, _ := n.value(c).(*trajectory.Trajectory)
		want, _ := slow.value(c).(*trajectory.Trajectory)
		if want != nil && !slices.Equal(got.X, want.X) {
			t.Errorf("%s\nhas other bits than interpreted", c)
		}
	}
	if got := n.value("calls"); got != 3*2*4*10_499 || got != slow.value("calls") {
		t.Errorf("%v calls, interpreted %v", got, slow.value("calls"))
	}
	if !prelude.HasLoop(n.value("s").(prelude.SDE), prelude.Run{Steps: 50_000}) {
		t.Error("a drift that calls a redefined function and the loop are not one piece")
	}
}

// TestDriftsBeyondTheReachOfCompiledCode has a variable so long that compiled code does not reach it, and whatever is made after
// it. The memory is given back before other tests want theirs.
func TestDriftsBeyondTheReachOfCompiledCode(t *testing.T) {
	defer runtime.GC()
	far := newBook(t, false, "big := make([]float64, 560_000_000)\nbig[559_999_999] = 3",
		"pull := func(dst, x []float64) { dst[0] = -big[len(big)-1] * x[0] }\nthree := func(dst, x []float64) { dst[0] = -3 * x[0] }")
	run := ", Noise: Isotropic(1)}, Run{Dt: 0.01, Steps: 21_000, Seed: 1})"
	if !slices.Equal(far.states("Simulate(SDE{Dim: 1, Drift: pull"+run), far.states("Simulate(SDE{Dim: 1, Drift: three"+run)) {
		t.Error("a drift beyond the reach of compiled code has other bits")
	}
}

// TestDriftsOfAllKindsHaveTheBitsOfTheInterpreter has drifts with loops, slices and math, and such as functions return.
func TestDriftsOfAllKindsHaveTheBitsOfTheInterpreter(t *testing.T) {
	cells := []string{`force := []float64{8, 7.5, 8.5, 8, 9}
ring := SDE{Dim: 5, Noise: Diagonal(1, 0.5, 1, 2, 1), Drift: func(dst, x []float64) {
	n := len(x)
	for i := range x {
		dst[i] = (x[(i+1)%n]-x[(i+n-2)%n])*x[(i+n-1)%n] - x[i] + force[i]
	}
}}
pendulum := SDE{Dim: 2, Drift: func(dst, x []float64) { dst[0], dst[1] = x[1], -math.Sin(x[0])-0.1*x[1]*math.Exp(-x[0]*x[0]) }}
func pull(a float64) func(dst, x []float64) {
	return func(dst, x []float64) { dst[0] = a - x[0]*x[0]*x[0] }
}
returned := SDE{Dim: 1, Drift: pull(0.5), Noise: Isotropic(1)}
both := SDE{Dim: 1, Drift: pull(0.5), Noise: Multiplicative(pull(1.5))}`}
	n, slow := newBook(t, false, cells...), newBook(t, true, cells...)
	for _, system := range []string{"ring", "pendulum", "returned", "both"} {
		s := n.value(system).(prelude.SDE)
		if prelude.HasLoop(s, prelude.Run{Steps: 50_000}) != (system != "both") { // whose a is two variables
			t.Errorf("%s: whether loop and drift are one piece", system)
		}
		text := "Simulate(" + system + ", Run{Dt: 0.005, Steps: 10_100, Every: 10, Ensemble: 2, Seed: 5, Bound: 50})"
		if !slices.Equal(n.states(text), slow.states(text)) {
			t.Errorf("%s: other bits than interpreted", text)
		}
	}
}

// TestFaultsAndInterruptsInsideOnePiece ends runs inside compiled code. What the cells have made stays.
func TestFaultsAndInterruptsInsideOnePiece(t *testing.T) {
	n := newBook(t, false, "steps := 0", `late := func(dst, x []float64) {
	steps++
	dst[0] = 1
	if steps > 30_000 {
		dst[steps] = 2
	}
}`, `endless := func(dst, x []float64) {
	for i := 0; i < 1_000_000_000; i++ {
		dst[0] += 1e-9 * x[0]
	}
}`)
	_, err := n.run(context.Background(), "x := 1\nSimulate(SDE{Dim: 1, Drift: late}, Run{Dt: 0.01, Steps: 100_000})")
	var failure *cell.Error
	if !errors.As(err, &failure) || failure.Diagnostics[0].Cell != 2 || failure.Diagnostics[0].Line != 5 ||
		!strings.Contains(failure.Value, "index out of range [30001] with length 1") {
		t.Errorf("a fault in the drift: %+v", err)
	}
	if got := n.value("steps"); got != 30_001 {
		t.Errorf("after the fault steps is %v", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := n.run(ctx, "Simulate(SDE{Dim: 1, Drift: endless}, Run{Dt: 0.01, Steps: 100_000, Start: []float64{1}})"); !errors.Is(err, context.Canceled) {
		t.Errorf("an interrupt inside the drift: %v", err)
	}
	if got := n.value("steps + x"); got != 30_002 {
		t.Errorf("after the interrupt steps + x is %v", got)
	}
}

// TestUserScoresAreCalledTogether compares a score that a cell writes with the library's.
func TestUserScoresAreCalledTogether(t *testing.T) {
	n := newBook(t, false, rotating, `user := ScoreFunc{D: 2, F: func(dst, x []float64) {
	dst[0] = -(4*x[0]*(x[0]*x[0]-A1*A1) + B1)
	dst[1] = -(4*x[1]*(x[1]*x[1]-A2*A2) + B2)
}, J: func(dst, x []float64) { dst[0], dst[1], dst[2], dst[3] = 4*(A1*A1-3*x[0]*x[0]), 0, 0, 4*(A2*A2-3*x[1]*x[1]) }}
x := Simulate(builtIn, Run{Dt: 0.01, Steps: 2000, Seed: 1})`)
	if got := n.value("ScoreError(user, AsymmetricPotential{}.Score(), x)"); got != 0.0 {
		t.Errorf("the user's score is off by %v", got)
	}
	user := n.value("user").(prelude.ScoreFunc)
	together, ok := prelude.Together(user).(score.Differentiable)
	if _, same := prelude.Together(user).(prelude.ScoreFunc); !ok || same {
		t.Fatal("the user's score is called point by point")
	}
	x := n.states("x")
	for name, f := range map[string]func(s score.Differentiable) []float64{
		"scores": func(s score.Differentiable) []float64 { dst := make([]float64, len(x)); s.ScoreTo(dst, x); return dst },
		"derivatives": func(s score.Differentiable) []float64 {
			dst := make([]float64, 2*len(x))
			s.JacobianTo(dst, x)
			return dst
		},
		"divergences": func(s score.Differentiable) []float64 {
			dst := make([]float64, len(x)/2)
			s.DivergenceTo(dst, x)
			return dst
		},
	} {
		if !slices.Equal(f(together), f(user)) {
			t.Errorf("other %s together", name)
		}
	}
	user.J = nil
	dst, want := make([]float64, 2*len(x)), make([]float64, 2*len(x))
	prelude.Together(user).(score.Differentiable).JacobianTo(dst, x)
	if user.JacobianTo(want, x); !slices.Equal(dst, want) {
		t.Error("other differences together")
	}
}

// BenchmarkSimulate reports the time of a step of one member: with the user's drift, the library's, and the user's when it
// is interpreted.
func BenchmarkSimulate(b *testing.B) {
	for _, scheme := range schemeNames {
		for _, members := range []int{1, 64} {
			for _, who := range []struct {
				name, system string
				interpreted  bool
			}{{"user", "system", false}, {"library", "builtIn", false}, {"interpreted", "system", true}} {
				b.Run(fmt.Sprintf("%s/%d/%s", scheme, members, who.name), func(b *testing.B) {
					n := newBook(b, who.interpreted, rotating, fmt.Sprintf("run := Run{Scheme: %s, Dt: 0.005, Steps: %d, Ensemble: %d, Every: 6, Workers: 1}",
						scheme, max(2, b.N/members), members))
					b.ResetTimer()
					n.value("Simulate(" + who.system + ", run).Dim")
				})
			}
		}
	}
}
