package interp_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"scorebook/kernel/cell"
	"scorebook/kernel/display"
)

const declarations = `type P struct{ X, y int }
type Celsius float64
func (c Celsius) String() string { return fmt.Sprintf("%.1f°C", float64(c)) }
type fault struct{ code int }
func (f *fault) Error() string { return fmt.Sprint("fault ", f.code) }
type card struct{ title string }
func (c card) MIMEBundle() (data, metadata map[string]any) {
	return map[string]any{"text/html": "<b>" + c.title + "</b>", "text/plain": c.title}, nil
}
type page struct{ n int }
func (p page) HTML() string { return fmt.Sprintf("<i>%d</i>", p.n) }
type slow struct{}
func (slow) String() string { for {} }
type tree struct{ name string; left, right *tree }
var grid [30]P`

func TestUserTypesShow(t *testing.T) {
	s := open(t, declarations)
	for i, c := range []struct{ code, text, html string }{
		{"P{1, 2}", "P{X: 1, y: 2}", ""},
		{"&P{1, 2}", "&P{X: 1, y: 2}", ""},
		{"[]P{{1, 2}, {3, 4}}", "2 × P\n  X  y\n  1  2\n  3  4", "<th"},
		{`map[string]P{"b": {1, 2}, "a": {3, 4}}`, "map[a:P{X: 3, y: 4} b:P{X: 1, y: 2}]", ""},
		{"Celsius(21.5)", "21.5°C", ""},
		{"[]Celsius{1, 2}", "[1.0°C 2.0°C]", ""},
		{"[]any{P{1, 2}, 3, nil}", "[P{X: 1, y: 2} 3 nil]", ""},
		{"struct{ a int; b P }{1, P{2, 3}}", "{a: 1, b: P{X: 2, y: 3}}", ""},
		{"error(&fault{3})", "fault 3", "fault 3"},
		{`card{"hello"}`, "hello", "<b>hello</b>"},
		{"page{7}", "page{n: 7}", "<i>7</i>"},
		{"grid", "30 × P", "<details>"},
		{`&tree{"a", nil, &tree{name: "b"}}`, `&tree{name: "a", left: nil, right: &tree{name: "b", left: nil, right: nil}}`, ""},
		{"make([]complex128, 2)", "[0+0i 0+0i]", ""},
	} {
		r, err := s.Evaluate(context.Background(), cell.Source{Number: i + 2, Text: c.code}, cell.Streams{})
		if err != nil {
			t.Errorf("%s: %v", c.code, err)
			continue
		}
		b := new(display.Renderer).Render(r.Value)
		text, _ := b.Data["text/plain"].(string)
		html, _ := b.Data["text/html"].(string)
		if !strings.HasPrefix(text, c.text) || !strings.Contains(c.text, "×") && text != c.text {
			t.Errorf("%s: %q, want %q", c.code, text, c.text)
		}
		if !strings.Contains(html, c.html) {
			t.Errorf("%s: HTML %q, want %q", c.code, html, c.html)
		}
	}
}

func TestInterruptReachesAString(t *testing.T) {
	s := open(t, declarations)
	ctx, cancel := context.WithCancelCause(context.Background())
	r, err := s.Evaluate(ctx, cell.Source{Number: 2, Text: "slow{}"}, cell.Streams{})
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(20*time.Millisecond, func() { cancel(errors.New("stop")) })
	if got := new(display.Renderer).Render(r.Value).Data["text/plain"].(string); !strings.Contains(got, "interrupted") {
		t.Errorf("shown %q", got)
	}
	again, err := s.Evaluate(context.Background(), cell.Source{Number: 3, Text: "1 + 1"}, cell.Streams{})
	if err != nil || again.Value != 2 {
		t.Errorf("after it: %v, %v", again.Value, err)
	}
}
