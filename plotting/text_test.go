package plotting

import (
	"math"
	"testing"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/vg"
)

// box bounds the points of a path, control points too.
func box(path vg.Path) (x, y span) {
	x, y = nothing, nothing
	for _, s := range path {
		if s.Type == vg.CloseComp {
			continue
		}
		for _, p := range append([]vg.Point{s.Pos}, s.Control...) {
			x, y = x.with(float64(p.X)), y.with(float64(p.Y))
		}
	}
	return x, y
}

// Every sign that labels of this field need is in one of the fonts.
func TestGlyphs(t *testing.T) {
	const needed = "abcxyzABCXYZ0123456789.,:;()[]{}|/+-−×·=≠<>≤≥≈±∝∞½√∫∂∇∑∏∈⟨⟩‖…°′→↔" +
		"αβγδεζηθκλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩℓẋĊ"
	var buf sfnt.Buffer
	for _, r := range needed {
		for _, f := range []face{upright, bold, italic} {
			if g := glyphOf(&buf, f, r); g.index == 0 {
				t.Errorf("no sign for %c in face %d", r, f)
			}
		}
		if line := set(string(r), 10, upright); len(line.path) == 0 || line.width <= 0 {
			t.Errorf("%c has no outline", r)
		}
	}
}

func TestFaces(t *testing.T) {
	for _, test := range []struct{ line, italics string }{
		{"x₁", "x"}, {"time t", "t"}, {"ρ(τ)", "ρτ"}, {"KL = 0.1", ""}, {"xᵢⱼ", "xij"}, {"s(x) of a model", "sx"},
		{"Δp", "p"}, {"Φ", ""}, {"x̃", "x"}, {"10⁻³", ""}, {"⟨s xᵀ⟩", "sx"}, {"a", "a"}, {"A model", ""}, {"A x", "Ax"}, {"‖V+I‖", "VI"},
		{"time, s", ""}, {"time in s", ""}, {"x, y", "xy"}, {"speed (m/s)", ""}, {"time (s)", ""}, {"temperature (°C)", ""}, {"score s(x)", "sx"}, {"pair (x, y)", "xy"}, {"ratio (x)", "x"}, {"from x₁ in A", "xA"}, {"score, s(x)", "sx"}, {`speed (\mathrm{m}/\mathrm{s})`, ""}, {"a, s₁", "as"},
	} {
		got := ""
		for _, c := range characters(test.line, upright) {
			if c.face == italic && accents[c.r] == 0 {
				got += string(c.r)
			}
		}
		if got != test.italics {
			t.Errorf("%q: %q set as mathematics, want %q", test.line, got, test.italics)
		}
	}
}

func TestScripts(t *testing.T) {
	full, sub, super := set("1", 10, upright), set("₁", 10, upright), set("¹", 10, upright)
	_, on := box(full.path)
	_, below := box(sub.path)
	_, over := box(super.path)
	if !(below.lo < on.lo-1) || !(over.hi > on.hi+0.5) {
		t.Errorf("index reaches down to %.1f and power up to %.1f, the digit from %.1f to %.1f", below.lo, over.hi, on.lo, on.hi)
	}
	if ratio := float64(sub.width / full.width); math.Abs(ratio-scriptScale) > 1e-9 {
		t.Errorf("index %.2f as wide as the digit", ratio)
	}
}

func TestAccents(t *testing.T) {
	plain, marked := set("x", 10, upright), set("x̃", 10, upright)
	if plain.width != marked.width {
		t.Errorf("the accent widens the letter from %v to %v", plain.width, marked.width)
	}
	px, py := box(plain.path)
	mx, my := box(marked.path)
	if !(my.hi > py.hi+0.5) || mx.lo < px.lo-2 || mx.hi > px.hi+2 {
		t.Errorf("letter %v %v, with accent %v %v", px, py, mx, my)
	}
}

func TestMinus(t *testing.T) {
	for line, want := range map[string]rune{"-1": '−', "x -2": '−', "well-known": '-', "1-2": '-', "x-1": '-'} {
		for _, c := range characters(line, upright) {
			if (c.r == '-' || c.r == '−') && c.r != want {
				t.Errorf("%q is set with %c", line, c.r)
			}
		}
	}
}

func TestTextWithinRoom(t *testing.T) {
	const line = "a rather long name of a coordinate"
	full := set(line, 9, upright)
	for _, share := range []vg.Length{1.2, 1, 0.9, 0.75, 0.5, 0.2} {
		got := setWithin(line, 9, upright, share*full.width)
		if got.width > share*full.width*1.002 {
			t.Errorf("in %.2f of the room it takes %.2f", share, got.width/full.width)
		}
		if share >= 1 && got.size != 9 {
			t.Errorf("set at %v where there is room for 9", got.size)
		}
	}
}

func TestLabelsOfTeX(t *testing.T) {
	for line, want := range map[string]string{
		"Φ_S": "Φ[S]", "x_1": "x[1]", "x_{12}": "x[12]", `\Phi_S`: "Φ[S]", "wind_speed": "wind_speed", "a_b_c": "a_b_c", "u_mean": "u[mean]",
		"x^2": "x{2}", "10^{-3}": "10{−3}", "10^-3": "10{−3}", `$\sigma_x^2$`: "σ[x]{2}", `\dot x`: "x\u0307", `\tilde{x}_1`: "x\u0303[1]",
		`\nabla \cdot R`: "∇·R", `\langle s x^T\rangle`: "⟨s x{T}⟩", `\sqrt{2} \Sigma \xi`: "√2 Σξ", `C:\data`: `C:\data`, "costs 5 $": "costs 5 $",
		`50\%`: "50%", "x_": "x_", "_x": "_x", `\rho(\tau)`: "ρ(τ)", "KL_1": "KL_1", `\mathrm{KL}_1`: "KL[1]", "x_{": "x_{",
	} {
		got, script := "", 0
		closing := map[int]string{-1: "]", 0: "", 1: "}"}
		for _, c := range append(characters(line, upright), character{}) {
			if c.script != script {
				got += closing[script] + map[int]string{-1: "[", 0: "", 1: "{"}[c.script]
				script = c.script
			}
			if c.r != 0 {
				got += string(c.r)
			}
		}
		if got != want {
			t.Errorf("%q is set as %q, want %q", line, got, want)
		}
	}
}
