package plotting

import (
	"context"
	"image"
	"math"
	"strings"
	"testing"

	"scorebook/stdlib/kgmm"
	"scorebook/stdlib/stats"
	"scorebook/stdlib/trajectory"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot/vg"
)

// easel keeps the last picture drawn on it and the filled rectangles with their colours.
type easel struct {
	inkwell
	picture image.Image
	squares map[vg.Rectangle]any
}

func (e *easel) DrawImage(_ vg.Rectangle, img image.Image) { e.picture = img }

func (e *easel) Fill(path vg.Path) {
	e.squares[e.spread(path, 0)] = e.colour
}

func newEasel() *easel {
	return &easel{inkwell: inkwell{th: light()}, squares: map[vg.Rectangle]any{}}
}

// The value at the right upper corner of a field is shown there.
func TestFieldOrientation(t *testing.T) {
	f := Field{X: []float64{0, 1, 2}, Y: []float64{10, 20}, Z: []float64{0, 0, 0, 0, 0, 1}}
	e := newEasel()
	square := vg.Rectangle{Max: vg.Point{X: 90, Y: 90}}
	fieldPanel(&f, shades{lo: 0, hi: 1}).draw(e, square, light())
	th, b := light(), e.picture.Bounds()
	if got := e.picture.At(b.Max.X-1, 0); labOf(th.sequential[250]).L < labOf(toNRGBA(got)).L {
		t.Errorf("right upper corner is %v", got)
	}
	for _, corner := range []image.Point{{0, 0}, {0, b.Max.Y - 1}, {b.Max.X - 1, b.Max.Y - 1}} {
		if got := e.picture.At(corner.X, corner.Y); labOf(toNRGBA(got)).L < 0.97 {
			t.Errorf("corner %v is %v", corner, got)
		}
	}
}

// A joint density of two coordinates that rise together is high along the diagonal that rises.
func TestJointOrientation(t *testing.T) {
	x, y := stats.NewAxis(-3, 3, 21), stats.NewAxis(-1, 1, 11)
	d := stats.JointDensityOf(func(x, y float64) float64 { return math.Exp(-math.Pow(x-3*y, 2)) }, x, y)
	z := byRows(d)
	if at := func(i, j int) float64 { return z[j*21+i] }; !(at(18, 9) > 0.3) || at(2, 9) > 1e-3 || at(18, 1) > 1e-3 {
		t.Errorf("corners: %v %v %v", at(18, 9), at(2, 9), at(18, 1))
	}
}

// The first row of a matrix is at the top, large matrices alike.
func TestMatrixOrientation(t *testing.T) {
	for _, n := range []int{3, 40} {
		m := mat.NewDense(n, n, nil)
		m.Set(0, n-1, 1)
		e := newEasel()
		h := &heat{m: m, shades: shadesFor(span{-1, 1}, true)}
		h.draw(e, vg.Rectangle{Max: vg.Point{X: 120, Y: 120}}, light())
		want := light().diverging[255]
		if n > largest {
			if got := e.picture.At(e.picture.Bounds().Max.X-2, 1); got != want {
				t.Errorf("%d: %v", n, got)
			}
			continue
		}
		for r, colour := range e.squares {
			if top := r.Min.X > 80 && r.Min.Y > 80 && r.Size().X > 30; top != (colour == any(want)) && r.Size().X > 30 {
				t.Errorf("%d: entry at %v is %v", n, r, colour)
			}
		}
	}
}

func toNRGBA(c interface{ RGBA() (r, g, b, a uint32) }) (n struct{ R, G, B, A uint8 }) {
	r, g, b, a := c.RGBA()
	n.R, n.G, n.B, n.A = uint8(r>>8), uint8(g>>8), uint8(b>>8), uint8(a>>8)
	return n
}

func TestArrowsPointAlongTheScore(t *testing.T) {
	a := sample(wells, QuiverOptions{}.settled())
	if n := len(a.x); n != 400 {
		t.Fatalf("%d arrows", n)
	}
	want := make([]float64, 2)
	for i := range a.x {
		wells.ScoreTo(want, []float64{a.x[i], a.y[i]})
		if a.u[i] != want[0] || a.v[i] != want[1] {
			t.Fatalf("at (%v, %v): (%v, %v), want %v", a.x[i], a.y[i], a.u[i], a.v[i], want)
		}
	}
}

// The distances in the titles are those of package stats.
func TestTitlesTellTheDistances(t *testing.T) {
	ctx := context.Background()
	a, b := wandering(1, 2, 20_000), wandering(2, 2, 20_000)
	kl, err := stats.KL(ctx, a, b)
	if err != nil {
		t.Fatal(err)
	}
	tv, err := stats.JointTV(ctx, a, b, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Compare(ctx, a, b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range kl {
		if got, want := f.blocks[0].rows[i][1].(*Panel).Title, "KL = "+short(v); got != want {
			t.Errorf("coordinate %d: %q, want %q", i, got, want)
		}
	}
	if got, want := f.blocks[1].rows[0][3].(*Panel).Title, "TV = "+short(tv); got != want {
		t.Errorf("joint: %q, want %q", got, want)
	}
}

// A normalised trajectory is shown in physical coordinates.
func TestWindowIsPhysical(t *testing.T) {
	raw := wandering(7, 2, 1000)
	raw.Lens = []int{300, 700}
	z, err := raw.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	x, y := window(z, 1, 1, 100)
	if len(x) != 300-50 || math.Abs(x[0]-1) > 1e-12 {
		t.Fatalf("%d samples from time %v", len(x), x[0])
	}
	for k := range y {
		if want := raw.X[2*(50+k)+1]; math.Abs(y[k]-want) > 1e-12 {
			t.Fatalf("sample %d: %v, want %v", k, y[k], want)
		}
	}
}

func TestShort(t *testing.T) {
	for v, want := range map[float64]string{0.0042: "0.0042", 0.5: "0.5", 8.94e-4: "8.9×10⁻⁴", 3.2e-7: "3.2×10⁻⁷", 0: "0"} {
		if got := short(v); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
}

func TestBadInput(t *testing.T) {
	ctx, a := context.Background(), wandering(1, 2, 1000)
	nan := []float64{math.NaN(), math.NaN()}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	for name, result := range map[string]func() (*Figure, error){
		"no data":        func() (*Figure, error) { return Trajectories(nil, nil, Options{}) },
		"empty data":     func() (*Figure, error) { return Trajectories(&trajectory.Trajectory{Dim: 1, Dt: 1}, nil, Options{}) },
		"dimensions":     func() (*Figure, error) { return Compare(ctx, a, wandering(1, 1, 100), Options{}) },
		"coordinate":     func() (*Figure, error) { return Compare(ctx, a, a, Options{Coordinates: []int{2}}) },
		"negative time":  func() (*Figure, error) { return Trajectories(a, a, Options{From: -1}) },
		"beyond the end": func() (*Figure, error) { return Trajectories(a, a, Options{From: 1e6}) },
		"no model":       func() (*Figure, error) { return Compare(ctx, a, nil, Options{}) },
		"joint of one":   func() (*Figure, error) { return Joints(ctx, wandering(1, 1, 100), wandering(2, 1, 100), Options{}) },
		"cancelled":      func() (*Figure, error) { return Compare(cancelled, a, a, Options{}) },
		"no losses":      func() (*Figure, error) { return Loss(nil, LossOptions{}) },
		"diverged":       func() (*Figure, error) { return Loss(nan, LossOptions{}) },
		"no matrices":    func() (*Figure, error) { return Matrices(nil, MatrixOptions{}) },
		"unequal shapes": func() (*Figure, error) {
			return Matrices([]Named{{"A", wave(2, 2)}, {"B", wave(3, 3)}}, MatrixOptions{})
		},
		"no fields":  func() (*Figure, error) { return Fields(nil, FieldOptions{}) },
		"tiny field": func() (*Figure, error) { return Fields([]Field{{X: nan[:1], Y: nan, Z: nan}}, FieldOptions{}) },
		"field of NaN": func() (*Figure, error) {
			return Fields([]Field{{X: nan, Y: nan, Z: append(nan, nan...)}}, FieldOptions{})
		},
		"no scores":     func() (*Figure, error) { return Quiver(nil, QuiverOptions{}) },
		"scalar quiver": func() (*Figure, error) { return Quiver([]Score{{"s", well}}, QuiverOptions{}) },
		"one cell":      func() (*Figure, error) { return ScoreCells([]float64{1}, []float64{1}, well, ScoreCellsOptions{}) },
		"ring of one": func() (*Figure, error) {
			return CompareRing(ctx, wandering(1, 1, 100), wandering(2, 1, 100), Options{})
		},
		"ring alone":      func() (*Figure, error) { return CompareRing(ctx, a, nil, Options{}) },
		"scores alone":    func() (*Figure, error) { return CompareScores(ctx, a, nil, wells, nil, Options{}) },
		"no score":        func() (*Figure, error) { return CompareScores(ctx, a, a, nil, wells, Options{}) },
		"score of one":    func() (*Figure, error) { return CompareScores(ctx, a, a, well, nil, Options{}) },
		"no clouds":       func() (*Figure, error) { return ScoreClouds(ctx, a, nil, ScoreCloudsOptions{}) },
		"planar clouds":   func() (*Figure, error) { return ScoreClouds(ctx, a, make([]*kgmm.Model, 1), ScoreCloudsOptions{}) },
		"no curves":       func() (*Figure, error) { return Curves(nil, CurvesOptions{}) },
		"curve of naught": func() (*Figure, error) { return Curves([]Series{{Label: "x"}}, CurvesOptions{}) },
	} {
		f, err := result()
		if err == nil || f != nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		if s := err.Error(); !strings.HasPrefix(s, "plotting: ") && !strings.HasPrefix(s, "stats: ") {
			t.Errorf("%s: error %q names no package", name, s)
		}
	}
}

func TestMisusePanics(t *testing.T) {
	for name, misuse := range map[string]func(){
		"curve":   func() { new(Panel).Line("", Other, []float64{1}, nil) },
		"weights": func() { new(Panel).Dots("", Other, []float64{1}, []float64{1}, []float64{}) },
		"field": func() {
			_, _ = Fields([]Field{{X: []float64{0, 1}, Y: []float64{0, 1}, Z: []float64{1}}}, FieldOptions{})
		},
	} {
		func() {
			defer func() {
				if s, ok := recover().(string); !ok || !strings.HasPrefix(s, "plotting: ") {
					t.Errorf("%s: panic %q", name, s)
				}
			}()
			misuse()
		}()
	}
}

// Data that are constant, or not finite here and there, still make a figure.
func TestAwkwardData(t *testing.T) {
	x, nan, inf := []float64{0, 1, 2}, math.NaN(), math.Inf(1)
	for _, y := range [][]float64{{1, 1, 1}, {0, 0, 0}, {nan, 1, 2}, {1, inf, 2}, {nan, nan, nan}, {-1e300, 0, 1e300}, {1e-300, 2e-300, 3e-300}} {
		p := new(Panel).Area(Truth, x, y).Line("a", Model, x, y).Dots("b", Other, x, y, nil)
		if _, _, _, err := New(Style{}, 1, 0, p).PNG(1); err != nil {
			t.Errorf("%v: %v", y, err)
		}
	}
	for _, v := range []float64{0, nan, inf, 1e-9, 1e9} {
		f, err := Matrix("A", mat.NewDense(1, 2, []float64{v, -v}), MatrixOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, _, err := f.PNG(1); err != nil {
			t.Errorf("%v: %v", v, err)
		}
	}
}
