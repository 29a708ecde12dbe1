package plotting

import (
	"image/color"
	"math"
	"testing"
)

// cielab is the CIE 1976 L*a*b* colour (D65): another measure of what the eye sees than the one the maps are built with.
func cielab(c color.NRGBA) [3]float64 {
	r, g, b := decode(c.R), decode(c.G), decode(c.B)
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124564*r + 0.3575761*g + 0.1804375*b) / 0.95047)
	y := f(0.2126729*r + 0.7151522*g + 0.0721750*b)
	z := f((0.0193339*r + 0.1191920*g + 0.9503041*b) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// Values published with the definition of the space.
func TestOklab(t *testing.T) {
	for _, test := range []struct {
		c    color.NRGBA
		want oklab
	}{
		{color.NRGBA{255, 255, 255, 255}, oklab{1, 0, 0}},
		{color.NRGBA{0, 0, 0, 255}, oklab{0, 0, 0}},
		{color.NRGBA{255, 0, 0, 255}, oklab{0.62796, 0.22486, 0.12585}},
		{color.NRGBA{0, 0, 255, 255}, oklab{0.45201, -0.03246, -0.31153}},
	} {
		got := labOf(test.c)
		if got.distance(test.want) > 1e-4 {
			t.Errorf("%v: %v, want %v", test.c, got, test.want)
		}
		if back := got.rgb(); back != test.c {
			t.Errorf("%v comes back as %v", test.c, back)
		}
	}
}

func TestSequentialMaps(t *testing.T) {
	for name, th := range map[string]*theme{"light": light(), "dark": dark()} {
		m := th.sequential
		if m[0] != th.page {
			t.Errorf("%s: begins with %v, not with the page", name, m[0])
		}
		rising := cielab(m[255])[0] > cielab(m[0])[0]
		for i := 1; i < len(m); i++ {
			step := cielab(m[i])[0] - cielab(m[i-1])[0]
			if rising != (step > 0) && math.Abs(step) > 0.35 { // 8 bits round by so much
				t.Errorf("%s: lightness turns at %d, by %.2f", name, i, step)
			}
		}
		uniform(t, name, m[:], 2.2)
	}
}

func TestDivergingMaps(t *testing.T) {
	for name, th := range map[string]*theme{"light": light(), "dark": dark()} {
		m := th.diverging
		if d := labOf(m.At(0.5)).distance(labOf(th.page)); d > 0.01 {
			t.Errorf("%s: the middle is %.3f from the page", name, d)
		}
		for i := range 128 {
			if d := math.Abs(labOf(m[i]).L - labOf(m[255-i]).L); d > 0.05 {
				t.Errorf("%s: lightness at ±%d differs by %.3f", name, 128-i, d)
			}
		}
		uniform(t, name+" blue", m[:128], 2.2)
		uniform(t, name+" red", m[128:], 2.2)
	}
}

// uniform checks that sixteenths of the map look about as different from each other, by CIE 1976.
func uniform(t *testing.T, name string, m []color.NRGBA, ratio float64) {
	t.Helper()
	least, most := math.Inf(1), 0.0
	for i := 0; i < 16; i++ {
		a, b := cielab(m[i*(len(m)-1)/16]), cielab(m[(i+1)*(len(m)-1)/16])
		d := math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
		least, most = math.Min(least, d), math.Max(most, d)
	}
	if most > ratio*least {
		t.Errorf("%s: steps from %.1f to %.1f", name, least, most)
	}
}

func TestColormapEnds(t *testing.T) {
	m := light().sequential
	if m.At(-3) != m[0] || m.At(7) != m[255] || m.At(math.NaN()).A != 0 {
		t.Error("values beyond the ends should get the ends' colours, NaN none")
	}
}
