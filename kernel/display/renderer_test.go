package display

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
)

type point struct {
	X, Y float64
}

type nested struct {
	Name   string
	Inner  point
	Wait   time.Duration
	Hidden []float64
	loop   *nested
}

func render(v any) Bundle { return new(Renderer).Render(v) }

func plainText(t *testing.T, b Bundle) string {
	t.Helper()
	s, ok := b.Data[TextPlain].(string)
	if !ok {
		t.Fatalf("no text/plain in %v", b.Data)
	}
	return s
}

func TestPlainText(t *testing.T) {
	long := make([]int, 1000)
	for i := range long {
		long[i] = i
	}
	self := &nested{Name: "a", Wait: 2 * time.Second}
	self.loop = self
	var none *point
	for _, test := range []struct {
		value any
		want  string
	}{
		{nil, "nil"},
		{2, "2"},
		{math.Nextafter(0.3, 1), "0.30000000000000004"},
		{math.NaN(), "NaN"},
		{"two\nlines", "two\nlines"},
		{complex(1, -2), "(1-2i)"},
		{true, "true"},
		{none, "nil *display.point"},
		{[]float64{1, 0.5, 1.0 / 3}, "[1 0.5 0.33333]"},
		{[]string{"a", "b c"}, `["a" "b c"]`},
		{[]float64(nil), "[]"},
		{long, "[0 1 2 3 4 5 6 7 … 996 997 998 999] (1000 values)"},
		{map[int]string{10: "x", 2: "y"}, `map[2:"y" 10:"x"]`},
		{map[string]float64{"b": 1, "a": math.Inf(1)}, "map[a:+Inf b:1]"},
		{point{1, 2.5}, "display.point{X: 1, Y: 2.5}"},
		{&point{1, 2.5}, "&display.point{X: 1, Y: 2.5}"},
		{struct{ A, B int }{1, 2}, "{A: 1, B: 2}"},
		{errors.New("it broke"), "it broke"},
		{1500 * time.Millisecond, "1.5s"},
		{[]time.Duration{time.Second, time.Minute}, "[1s 1m0s]"},
		{[]byte{0xff, 0xfe}, "2 bytes"},
		{func(x float64) float64 { return x }, "func(float64) float64"},
		{[]any{1, nil, "x", []int{1}}, `[1 nil "x" [1]]`},
		{reflect.ValueOf(7), "7"},
	} {
		if got := plainText(t, render(test.value)); got != test.want {
			t.Errorf("%T: got %q, want %q", test.value, got, test.want)
		}
	}
	if got := plainText(t, render(self)); !strings.Contains(got, "Wait: 2s") || !strings.Contains(got, "…") {
		t.Errorf("cyclic value: %s", got)
	}
}

func TestWideStructTakesLines(t *testing.T) {
	v := nested{Name: strings.Repeat("n", 90), Inner: point{1, 2}}
	got := plainText(t, render(v))
	for _, line := range []string{"display.nested{\n", "\n  Inner: display.point{X: 1, Y: 2}\n", "\n  loop: nil\n}"} {
		if !strings.Contains(got, line) {
			t.Errorf("missing %q in\n%s", line, got)
		}
	}
}

func TestMatrixTable(t *testing.T) {
	b := render(mat.NewDense(2, 2, []float64{1.0234567, -0.8, 0.000123456, math.NaN()}))
	want := "2×2 matrix\n  1.0235       -0.8\n  0.00012346  NaN"
	if got := plainText(t, b); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	html := b.Data[TextHTML].(string)
	if strings.Count(html, "<td") != 4 || strings.Count(html, "</td>") != 4 || !strings.Contains(html, "1.0235") {
		t.Errorf("table: %s", html)
	}
}

func TestTables(t *testing.T) {
	for _, test := range []struct {
		value       any
		rows, cells int
		want        []string
	}{
		{mat.NewDense(100, 40, nil), 17, 17 * 13, []string{"100×40", "⋮", "…", "⋱"}},
		{mat.NewVecDense(3, []float64{1, 2, 3}), 3, 3, []string{"3×1"}},
		{[][]float64{{1, 2, 3}, {4}}, 2, 6, []string{"2×3"}},
		{[][]string{{"<b>", "y"}}, 1, 2, []string{"&lt;b&gt;"}},
		{[][2]int{{1, 2}, {3, 4}, {5, 6}}, 3, 6, nil},
		{[]point{{1, 2}, {3, 4.25}}, 3, 4, []string{"<th style=\"text-align:right\">X</th>", "4.25"}},
	} {
		b := render(test.value)
		html := b.Data[TextHTML].(string)
		if got := strings.Count(html, "<tr>"); got != test.rows {
			t.Errorf("%T: %d rows, want %d", test.value, got, test.rows)
		}
		if got := strings.Count(html, "<td"); got != test.cells {
			t.Errorf("%T: %d cells, want %d", test.value, got, test.cells)
		}
		for _, s := range test.want {
			if !strings.Contains(html, s) {
				t.Errorf("%T: no %q in %s", test.value, s, html)
			}
		}
		plainText(t, b)
	}
}

type drawn struct{}

func (drawn) PNG(scale float64) ([]byte, int, int, error) { return []byte("png"), 320, 200, nil }

type broken struct{}

func (broken) PNG(scale float64) ([]byte, int, int, error) { return nil, 0, 0, errors.New("no ink") }

type summary struct{ n int }

func (s summary) HTML() string   { return fmt.Sprintf("<b>%d</b>", s.n) }
func (s summary) String() string { return fmt.Sprint("n = ", s.n) }

type rude struct{}

func (rude) String() string { panic("never ask") }

type custom struct{}

func (custom) MIMEBundle() (data, metadata map[string]any) {
	return map[string]any{"application/json": map[string]any{"x": []float64{1, math.NaN()}}}, nil
}

func TestShapes(t *testing.T) {
	b := render(drawn{})
	if b.Data[ImagePNG] != base64.StdEncoding.EncodeToString([]byte("png")) {
		t.Errorf("figure: %v", b)
	}
	raw, _ := json.Marshal(b.Metadata)
	if string(raw) != `{"image/png":{"height":200,"width":320}}` {
		t.Errorf("figure metadata: %s", raw)
	}
	if got := plainText(t, render(broken{})); got != "no ink" {
		t.Errorf("broken figure: %q", got)
	}
	if b := render(summary{3}); b.Data[TextHTML] != "<b>3</b>" || plainText(t, b) != "n = 3" {
		t.Errorf("summary: %v", b)
	}
	if got := plainText(t, render(rude{})); !strings.Contains(got, "never ask") {
		t.Errorf("panicking String: %q", got)
	}
	if b := render(Latex("$x$")); b.Data["text/latex"] != "$x$" || plainText(t, b) != "$x$" {
		t.Errorf("latex: %v", b)
	}
	raw, err := json.Marshal(render(custom{}))
	if want := `{"data":{"application/json":{"x":[1,"NaN"]},"text/plain":"display.custom"},"metadata":{}}`; err != nil || string(raw) != want {
		t.Errorf("custom: %s, %v", raw, err)
	}
}

func TestPictureSizes(t *testing.T) {
	for _, test := range []struct {
		value                 any
		pixels, width, height int
	}{
		{plot.New(), 1200, 600, 390},
		{image.NewGray(image.Rect(0, 0, 32, 20)), 32, 32, 20},
		{image.NewGray(image.Rect(0, 0, 1920, 100)), 1920, 960, 50},
	} {
		b := render(test.value)
		data, err := base64.StdEncoding.DecodeString(b.Data[ImagePNG].(string))
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.DecodeConfig(strings.NewReader(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := json.Marshal(b.Metadata[ImagePNG])
		if want := fmt.Sprintf(`{"height":%d,"width":%d}`, test.height, test.width); img.Width != test.pixels || string(raw) != want {
			t.Errorf("%T: %d pixels wide, metadata %s; want %d, %s", test.value, img.Width, raw, test.pixels, want)
		}
	}
}

func TestViews(t *testing.T) {
	r := Renderer{Views: map[reflect.Type]func(any) any{
		reflect.TypeFor[point](): func(v any) any { return v.(point).X },
		reflect.TypeFor[int]():   func(v any) any { return v },
	}}
	if got := plainText(t, r.Render(point{X: 4})); got != "4" {
		t.Errorf("view: %q", got)
	}
	if got := plainText(t, r.Render(5)); got != "5" {
		t.Errorf("a view that returns its argument: %q", got)
	}
}

func TestNothingBreaksJSON(t *testing.T) {
	bad := []float64{math.NaN(), math.Inf(1), math.Inf(-1)}
	for _, v := range []any{
		bad, bad[0], mat.NewDense(1, 3, bad), map[string]any{"x": bad}, [][]float64{bad}, point{bad[0], bad[1]}, "\xff\xfe",
		Bundle{}, (*mat.Dense)(nil), &mat.Dense{}, NewCheck("x", bad[0], Below(1)), make(chan int), []any{func() {}},
		Bundle{Data: map[string]any{"application/json": struct{ X float64 }{bad[0]}, "image/png": []byte{1}}},
	} {
		raw, err := json.Marshal(render(v))
		if err != nil {
			t.Errorf("%T: %v", v, err)
		}
		if strings.Contains(string(raw), "null") {
			t.Errorf("%T marshals with null: %s", v, raw)
		}
	}
}

func TestFolding(t *testing.T) {
	many := map[int]string{}
	for i := range 30 {
		many[i] = "v"
	}
	for _, test := range []struct {
		value        any
		folded, html bool
	}{
		{make([]float64, 20), false, false},
		{make([]float64, 21), true, true},
		{make([]point, 20), false, true},
		{make([]point, 21), true, true},
		{make([][]int, 3), false, true},
		{map[string]int{"a": 1}, false, false},
		{many, true, true},
		{nested{Name: strings.Repeat("n", 90)}, false, true},
	} {
		b := render(test.value)
		html, ok := b.Data[TextHTML].(string)
		if ok != test.html || strings.HasPrefix(html, "<details>") != test.folded {
			t.Errorf("%T: HTML %q", test.value, html)
		}
		plainText(t, b)
	}
	if rows := strings.Count(render(make([]float64, 1_000_000)).Data[TextHTML].(string), "<tr>"); rows != foldedRows+2 {
		t.Errorf("a long slice shows %d rows", rows)
	}
}

func TestWithCondition(t *testing.T) {
	if got := plainText(t, render(WithCondition(mat.NewDense(2, 2, []float64{4, 0, 0, 2})))); !strings.HasPrefix(got, "2×2 matrix, condition number 2\n") {
		t.Errorf("got %s", got)
	}
}

func TestStructsShowByMethodsOfTheirPointer(t *testing.T) {
	b := (&Renderer{}).Render(*mat.NewDense(1, 2, []float64{3, 4}))
	if html, _ := b.Data[TextHTML].(string); !strings.Contains(html, "<table") {
		t.Errorf("a mat.Dense shows as %v", b.Data)
	}
}
