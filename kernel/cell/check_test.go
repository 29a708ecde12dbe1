package cell_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"scorebook/kernel/cell"
	"scorebook/kernel/cell/exports"
)

// session checks cells one after the other, as a notebook would run them.
type session struct {
	*cell.Scope
	number int
}

func newScope() *session { return &session{cell.NewScope(exports.New(), nil), 0} }

func (s *session) run(text string) (*cell.Checked, error) {
	s.number++
	c, err := s.Check(cell.Source{Number: s.number, Text: text})
	if err == nil {
		s.Commit(c)
	}
	return c, err
}

// faults are cells that do not check: the last of each list fails as described.
var faults = []struct {
	cells []string
	want  string // name: line:column message (hint), one line for each diagnostic
}{
	// What cannot be parsed.
	{[]string{"x := (1"}, "SyntaxError: 1:8 expected ')', found newline"},
	{[]string{"x := 1\nif x > {\n}"}, "SyntaxError: 2:8 expected operand, found '{'"},
	{[]string{"a := 1\n\nb := 'ab'"}, "SyntaxError: 3:6 illegal rune literal"},
	{[]string{"func f( { }"}, "SyntaxError: 1:9 expected ')', found '{'"},

	// Names.
	{[]string{"length := 3", "lenght"}, "NameError: 1:1 undefined: lenght (did you mean length?)"},
	{[]string{"é := 1; nothing"}, "NameError: 1:10 undefined: nothing"},
	{[]string{"strings.ToUper(\"a\")"}, "NameError: 1:9 undefined: strings.ToUper (did you mean ToUpper?)"},
	{[]string{"math.Zzz"}, "NameError: 1:6 undefined: math.Zzz"},
	{[]string{"unknownpkg.F()"}, "NameError: 1:1 undefined: unknownpkg"},
	{[]string{"x := y + 1\ny := 2"}, "TypeError: 1:6 y is used before the line that declares it"},

	// Packages.
	{[]string{"x := 1\nimport \"no/such\""}, `ImportError: 2:8 no package "no/such" here (cells may import the standard library, gonum and this library: scorebook/stdlib/…, scorebook/plotting)`},

	// Types.
	{[]string{"x := 1", "x + 2.5"}, "TypeError: 1:5 2.5 (untyped float constant) truncated to int"},
	{[]string{"x, f := 1, 2.5", "\tx * f"}, "TypeError: 1:2 invalid operation: x * f (mismatched types int and float64) (convert one side, as in float64(n))"},
	{[]string{"type P struct{ Length int }", "P{}.Len"}, "TypeError: 1:5 P{}.Len undefined (type P has no field or method Len) (Tab after the dot lists its fields and methods)"},
	{[]string{"type P struct{ Length int }", "P{}.length"}, "TypeError: 1:5 P{}.length undefined (type P has no field or method length, but does have field Length)"},
	{[]string{"func f(a int, b string) {}", "f(1)"}, "TypeError: 1:4 not enough arguments in call to f\n\thave (number)\n\twant (int, string)"},
	{[]string{"func f() int {\n\tfor {\n\t\tbreak\n\t}\n}"}, "TypeError: 5:1 missing return"},
	{[]string{"var s fmt.Stringer = 3"}, "TypeError: 1:22 cannot use 3 (constant of type int) as fmt.Stringer value in variable declaration: int does not implement fmt.Stringer (missing method String)"},
	{[]string{"f := func(n int) int { return f(n) }"}, "TypeError: 1:1 initialization cycle: f refers to itself (declare the variable first (var f func(…) …) and assign it in the next statement)"},
	{[]string{"break"}, "TypeError: 1:1 break not in for, switch, or select statement"},
	{[]string{"func f() { l: for {} }"}, "TypeError: 1:12 label l declared and not used"},
	{[]string{"a, b := 1"}, "TypeError: 1:9 assignment mismatch: 2 variables but 1 value"},
	{[]string{"a := nope1\nb := nope2"}, "NameError: 1:6 undefined: nope1\n2:6 undefined: nope2"},
	{[]string{"x := 1", "x := x.y"}, "TypeError: 1:8 x.y undefined (type int has no field or method y) (Tab after the dot lists its fields and methods)"},

	// Old and new meanings.
	{[]string{"type P struct{ X int }\np := P{1}", "type P struct{ X int }", "p = P{2}"}, "TypeError: 1:5 cannot use P{…} (value of struct type P) as P value in assignment"},
	{[]string{"type T int", "func (t T) M() int { return 1 }", "func (t T) M() string { return \"\" }"}, "TypeError: 1:12 T.M is already declared with another signature (declare the type T again to change its methods)"},
	{[]string{"type B[T any] struct{}", "func (b B[T]) M() {}"}, "TypeError: 1:15 a method cannot be added to B in a later cell (declare the type again together with its methods)"},
	{[]string{"type S struct{ F int }", "func (s S) F() {}"}, "TypeError: 1:12 S has a field F already (give the method another name)"},
	{[]string{"type S struct{}", "func (s S) F() { s.nope() }"}, "TypeError: 1:20 s.nope undefined (type S has no field or method nope) (Tab after the dot lists its fields and methods)"},
}

func TestFaults(t *testing.T) {
	for _, c := range faults {
		s := newScope()
		var err error
		for i, text := range c.cells {
			if _, err = s.run(text); err != nil && i < len(c.cells)-1 {
				t.Fatalf("%q: %v", text, err)
			}
		}
		if got := described(err); got != c.want {
			t.Errorf("%q:\ngot  %s\nwant %s", c.cells, got, c.want)
		}
	}
}

func described(err error) string {
	var e *cell.Error
	if !errors.As(err, &e) {
		return fmt.Sprint(err)
	}
	var lines []string
	for _, d := range e.Diagnostics {
		lines = append(lines, text(d))
	}
	return e.Name + ": " + strings.Join(lines, "\n")
}

func text(d cell.Diagnostic) string {
	s := fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Message)
	if d.Hint != "" {
		s += " (" + d.Hint + ")"
	}
	return s
}

// TestOnlyTheFirstErrors are shown: the later ones mostly follow from them.
func TestOnlyTheFirstErrors(t *testing.T) {
	_, err := newScope().run("_ = a\n_ = b\n_ = c\n_ = d\n_ = e\n_ = f\n_ = g")
	var e *cell.Error
	if !errors.As(err, &e) || len(e.Diagnostics) != 5 {
		t.Errorf("%v, want five diagnostics", err)
	}
}

// TestForgiven lists what is an error in a file and none in a cell.
func TestForgiven(t *testing.T) {
	for _, text := range []string{
		"x := 1", "import \"os\"", "func f() { y := 2 }", "1 + 1", "len([]int{})", "_ = 1", "package main\nx := 2", "strings.ToUpper",
	} {
		if _, err := newScope().run(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestFailuresLeaveNothing: a cell that fails declares nothing and adds no method.
func TestFailuresLeaveNothing(t *testing.T) {
	s := newScope()
	for _, text := range []string{"type T struct{ X int }", "func (t T) A() int { return t.y }\nfunc (t T) B() int { return 1 }", "z := 1; undefinedName"} {
		_, _ = s.run(text)
	}
	for _, text := range []string{"T{}.A", "T{}.B", "z"} {
		if _, err := s.run(text); err == nil {
			t.Errorf("%q checks after the cell that declares it has failed", text)
		}
	}
	if _, err := s.run("func (t T) A() float64 { return float64(t.X) }\nT{}.A()"); err != nil {
		t.Errorf("the method cannot be declared in another way: %v", err)
	}
}

// notices are what is told of cells that check.
var notices = []struct {
	cells []string
	want  []string
}{
	{[]string{"func a() int { return bb() }"}, []string{"1:23 a needs bb, which no cell has declared yet"}},
	{[]string{"func bbx() {}", "func a() { bby(); c() }"}, []string{"1:12 a needs bby, which no cell has declared yet (did you mean bbx?)", "1:19 a needs c, which no cell has declared yet"}},
	{[]string{"func a() int { return b() }", "func b() int { return 1 }"}, nil},
	{[]string{"func a() int { return b() }", "func b() string { return \"\" }"}, []string{"1:23 a still cannot run: cannot use b() (value of type string) as int value in return statement"}},
	{[]string{"func f() {}\nfunc g() { f() }", "func f() {}"}, nil},
	{[]string{"func f() {}\nfunc g() { f() }\nfunc h() { g() }", "func f(n int) {}"}, []string{"1:6 f has a new signature; g still uses the earlier one (run the cells that declare them again)"}},
	{[]string{"func f() {}\nfunc g() { f() }", "func f(n int) {}\nfunc g() { f(1) }"}, nil},
	{[]string{"type P struct{}\ntype Q struct{ p P }\nfunc f(p P) {}\nvar v []P", "type P struct{ X int }"}, []string{"1:6 P is a new type; Q, f and v still use the earlier one (run the cells that declare them again)"}},
	{[]string{"type P struct{}\nfunc (P) M() {}", "type P struct{ X int }"}, []string{"1:6 P is a new type (its methods are those of this cell: declare the others again)"}},
	{[]string{"func f() {}\nfunc g() { f() }", "f := 3"}, []string{"1:1 f means something new; g still uses the earlier one (run the cells that declare them again)"}},
	{[]string{"x := 1\nfunc g() int { return x }", "x := \"s\""}, nil},
}

func TestNotices(t *testing.T) {
	for _, c := range notices {
		s := newScope()
		var last *cell.Checked
		for _, text := range c.cells {
			var err error
			if last, err = s.run(text); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		}
		var got []string
		for _, d := range last.Notices {
			got = append(got, text(d))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q:\ngot  %q\nwant %q", c.cells, got, c.want)
		}
	}
}

// TestErrorsShowTheLine holds the excerpt to the user's text.
func TestErrorsShowTheLine(t *testing.T) {
	_, err := newScope().run("a := 1\n\tb := a + nope // here")
	var e *cell.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	plain := strings.NewReplacer("\x1b[31m", "", "\x1b[36m", "", "\x1b[2m", "", "\x1b[1m", "", "\x1b[0m", "").Replace(strings.Join(e.Traceback, "\n"))
	want := "NameError: undefined: nope\n  cell 1, line 2\n   2 │     b := a + nope // here\n                    ^"
	if plain != want {
		t.Errorf("got\n%s\nwant\n%s", plain, want)
	}
}
