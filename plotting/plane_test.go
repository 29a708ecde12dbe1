package plotting

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/plot/vg"
)

func testPlane() *plane {
	return &plane{
		rect: vg.Rectangle{Min: vg.Point{X: 10, Y: 20}, Max: vg.Point{X: 110, Y: 70}},
		x:    Axis{Min: 0, Max: 1}, y: Axis{Min: -1, Max: 1}, theme: light(),
	}
}

// A point of a segment is in the clipped segment exactly when it is in the plane.
func TestClip(t *testing.T) {
	p, rng := testPlane(), rand.New(rand.NewPCG(1, 1))
	random := func() vg.Point {
		return vg.Point{X: vg.Length(rng.Float64()*200 - 40), Y: vg.Length(rng.Float64()*150 - 30)}
	}
	for range 2000 {
		a, b := random(), random()
		from, to, ok := p.clip(a, b)
		inside := 0
		const steps = 400
		for i := range steps + 1 {
			if p.holds(a.Add(b.Sub(a).Scale(vg.Length(i) / steps))) {
				inside++
			}
		}
		d, whole := to.Sub(from), b.Sub(a)
		want := 0.0
		if ok {
			want = steps * math.Hypot(float64(d.X), float64(d.Y)) / math.Hypot(float64(whole.X), float64(whole.Y))
		}
		if math.Abs(float64(inside)-want) > 2 {
			t.Fatalf("%v to %v: %d of %d points inside, clipped to %v, %v (%v)", a, b, inside, steps, from, to, ok)
		}
	}
}

func TestThinKeepsTheShape(t *testing.T) {
	p, rng := testPlane(), rand.New(rand.NewPCG(1, 1))
	const n = 200_000
	x, y := grid(0, 1, n), make([]float64, n)
	for i := range y {
		y[i] = 0.5*math.Sin(20*x[i]) + 0.1*rng.NormFloat64()
	}
	y[77_777], y[123_456] = 0.99, -0.98
	points := p.thin(x, y)
	if most := 4 * int(p.rect.Size().X/column+2); len(points) > most {
		t.Errorf("%d points left, at most %d can be seen", len(points), most)
	}
	want := map[vg.Point]bool{p.at(x[77_777], 0.99): false, p.at(x[123_456], -0.98): false, p.at(1, y[n-1]): false}
	for i, q := range points {
		if i > 0 && q.X < points[i-1].X {
			t.Fatalf("point %d goes back", i)
		}
		if _, ok := want[q]; ok {
			want[q] = true
		}
	}
	for q, found := range want {
		if !found {
			t.Errorf("extreme or end at %v was dropped", q)
		}
	}
}

func TestThinLeavesLoopsAlone(t *testing.T) {
	p := testPlane()
	const n = 10_000
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / n)
		x[i], y[i] = 0.5+0.4*cos, 0.8*sin
	}
	points := p.thin(x, y)
	if len(points) > n/2 {
		t.Errorf("%d of %d points kept", len(points), n)
	}
	for i := 1; i < len(points); i++ {
		if d := points[i].Sub(points[i-1]); d.Dot(d) > 4*column*column {
			t.Fatalf("a gap at point %d", i)
		}
	}
}

// strokes counts the pieces a line is drawn in.
type strokes struct {
	vg.Canvas
	pieces int
}

func (s *strokes) Stroke(path vg.Path) {
	for _, c := range path {
		if c.Type == vg.MoveComp {
			s.pieces++
		}
	}
}

func TestNaNBreaksALine(t *testing.T) {
	p := testPlane()
	count := &strokes{}
	p.Canvas = count
	nan := math.NaN()
	p.stroke(p.thin([]float64{0, 0.2, 0.4, 0.6, 0.8, 1}, []float64{0, 0.5, nan, 0.5, 3, 0}))
	if count.pieces != 3 { // before the NaN, after it until the edge, and back from the edge
		t.Errorf("drawn in %d pieces", count.pieces)
	}
}
