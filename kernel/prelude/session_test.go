package prelude_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"scorebook/kernel/cell"
	"scorebook/kernel/cell/exports"
	"scorebook/kernel/display"
	"scorebook/kernel/interp"
	"scorebook/kernel/prelude"
	"scorebook/kernel/prelude/symbols"
)

// notebook is a session with what its cells have displayed.
type notebook struct {
	t       *testing.T
	session *interp.Session
	cells   int

	mu    sync.Mutex
	shown []display.Bundle
	ids   []string
}

func newNotebook(t *testing.T) *notebook {
	t.Helper()
	im := exports.New()
	words, err := prelude.Package(im)
	if err != nil {
		t.Fatal(err)
	}
	p := prelude.New()
	own := p.Symbols()
	s, err := interp.New(interp.Options{Importer: im, Prelude: words, Before: p.Bind,
		Symbols: func(path string) map[string]reflect.Value {
			if path == prelude.Path {
				return own
			}
			return symbols.Package(path)
		}})
	if err != nil {
		t.Fatal(err)
	}
	return &notebook{t: t, session: s}
}

func (n *notebook) Display(b display.Bundle, id string) { n.record(b, id) }
func (n *notebook) Update(b display.Bundle, id string)  { n.record(b, id) }
func (n *notebook) Clear(bool)                          {}

func (n *notebook) record(b display.Bundle, id string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.shown, n.ids = append(n.shown, b.Clean()), append(n.ids, id)
}

// run evaluates a cell and returns its value.
func (n *notebook) run(ctx context.Context, text string) (any, string, error) {
	n.cells++
	var out bytes.Buffer
	r, err := n.session.Evaluate(display.WithPublisher(ctx, n), cell.Source{Number: n.cells, Text: text},
		cell.Streams{Stdout: &out, Stderr: &out})
	return r.Value, out.String(), err
}

// yield runs a cell that must go well.
func (n *notebook) yield(text string) any {
	n.t.Helper()
	v, _, err := n.run(n.t.Context(), text)
	if err != nil {
		n.t.Fatalf("%s\n%v", text, err)
	}
	return v
}

const doubleWell = `drift := func(dst, x []float64) { dst[0] = x[0] - x[0]*x[0]*x[0] }
well := SDE{Dim: 1, Drift: drift, Noise: Isotropic(math.Sqrt2)}
obs := Simulate(well, Run{Dt: 0.01, Every: 2, Steps: 4000, Ensemble: 8, Seed: 1})`

// TestFromDataToReducedModel runs the chain with a drift written in a cell. The data are few, and so the bounds wide: a
// tenth of Φ is about two of its standard errors.
func TestFromDataToReducedModel(t *testing.T) {
	n := newNotebook(t)
	n.yield(doubleWell)
	n.yield(`z := Normalize(obs)
s := KGMM(z, KGMMOptions{Sigma: 0.1, Cells: 40, Epochs: 100})
phi := Mobility(RateMatrix(z, RateOptions{Cells: 40}), s)
gen := Simulate(Langevin(PhysicalScore(s, z.Scale), phi.Physical()), Run{Dt: 0.01, Every: 2, Steps: 4000, Ensemble: 8, Start: obs.Starts(), Seed: 2})`)
	n.yield(`Check("Φ", phi.Physical().Phi.At(0, 0), Within(1, 0.25))
Check("path", PathRMSE(obs, obs, 10)[7], Below(1e-12))
Check("error", RelativeError(phi.Phi, phi.Phi), Above(0))`)
	var ok []bool
	for _, b := range n.shown {
		if c, is := b.Data[display.CheckJSON].(map[string]any); is {
			ok = append(ok, c["ok"].(bool))
		}
	}
	if want := []bool{true, true, false}; !reflect.DeepEqual(ok, want) {
		t.Errorf("checks %v, want %v: %v", ok, want, n.shown)
	}
	for _, what := range []string{"s", "phi", "Compare(obs, gen)", "Trajectories(obs, nil)"} {
		b := prelude.Renderer().Render(n.yield(what))
		text, _ := b.Data[display.TextPlain].(string)
		if b.Data[display.ImagePNG] == nil || text == "" {
			t.Errorf("%s shows as %v", what, b.Data)
		}
	}
}

func TestErrorsSayWhatToTry(t *testing.T) {
	n := newNotebook(t)
	n.yield(doubleWell)
	_, _, err := n.run(t.Context(), "x := 1\nKGMM(obs, KGMMOptions{})")
	var failure *cell.Error
	if !errors.As(err, &failure) || !strings.Contains(failure.Value, "Sigma is 0") || failure.Diagnostics[0].Line != 2 {
		t.Errorf("KGMM without Sigma: %v", err)
	}
	_, _, err = n.run(t.Context(), "KL(obs, obs, 1)")
	if err == nil || !strings.Contains(err.Error(), "coordinate 1 of 1; the first is 0") {
		t.Errorf("a coordinate too many: %v", err)
	}
	for text, want := range map[string]string{
		"Langevin(nil, nil)":                            "Langevin of a nil mobility",
		"Overdamped(nil, nil)":                          "the score is nil",
		"var none *KGMMModel\nPhysicalScore(none, nil)": "the score is nil",
		"Mobility(nil, nil)":                            "the rate matrix is nil",
		"ScoreError(nil, nil, obs)":                     "the score is nil",
		"Baselines(obs, nil)":                           "the score is nil",
		"Quiver([]NamedScore{{}})":                      "the score is nil",
		"KGMM(nil, KGMMOptions{Sigma: 0.1})":            "trajectory: nil",
		"DSM(nil, DSMOptions{Sigma: 0.1})":              "trajectory: nil",
		"RateMatrix(nil)":                               "trajectory: nil",
		"ACF(nil, 1)":                                   "trajectory: nil",
		"KL(nil, obs, 0)":                               "trajectory: nil",
		"Normalize(nil)":                                "trajectory: nil",
	} {
		if _, _, err := n.run(t.Context(), text); !errors.As(err, &failure) || failure.Name != "Error" || !strings.Contains(failure.Value, want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if got := n.yield("obs.Dim"); got != 1 {
		t.Errorf("after the errors obs.Dim is %v", got)
	}
}

func TestAnInterruptEndsALongCall(t *testing.T) {
	n := newNotebook(t)
	n.yield(doubleWell)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	_, _, err := n.run(ctx, "long := Simulate(well, Run{Dt: 0.01, Steps: 1_000_000_000})")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("an interrupted simulation ended with %v", err)
	}
	if got := n.yield("obs.RunCount()"); got != 8 {
		t.Errorf("after the interrupt obs has %v runs", got)
	}
}

func TestLongCallsReportOnOneLine(t *testing.T) {
	n := newNotebook(t)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(1500*time.Millisecond, cancel)
	n.run(ctx, "Simulate(DoubleWell{}.SDE(), Run{Dt: 0.01, Every: 1000, Steps: 1_000_000_000})")
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.ids) == 0 {
		t.Fatal("no progress was shown")
	}
	for i, id := range n.ids {
		if id != n.ids[0] || !strings.Contains(n.shown[i].Data[display.TextPlain].(string), "simulation") {
			t.Errorf("report %d on line %q: %v", i, id, n.shown[i].Data)
		}
	}
}
