package lower_test

import (
	"errors"
	"fmt"
	"go/types"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/go/types/typeutil"

	"scorebook/kernel/cell"
	"scorebook/kernel/cell/exports"
	"scorebook/kernel/lower"
)

// session lowers cells one after the other, as a notebook would run them.
type session struct {
	scope   *cell.Scope
	lowerer *lower.Lowerer
	number  int
}

func newSession() *session {
	im := exports.New()
	var ids typeutil.Map
	number := func(t types.Type) int {
		if n, ok := ids.At(types.Unalias(t)).(int); ok {
			return n
		}
		ids.Set(types.Unalias(t), ids.Len())
		return ids.Len() - 1
	}
	return &session{scope: cell.NewScope(im, nil), lowerer: lower.New(number, im, nil)}
}

func (s *session) lower(t *testing.T, text string) (*lower.Program, error) {
	t.Helper()
	s.number++
	c, err := s.scope.Check(cell.Source{Number: s.number, Text: text})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	p, err := s.lowerer.Lower(c)
	if err == nil {
		s.scope.Commit(c)
	}
	return p, err
}

// forms are cells with pieces of what the last of each list is lowered to, white space aside.
var forms = []struct {
	name  string
	cells []string
	want  []string
	lack  []string
}{
	{"constants are folded", []string{"x := 7/2*2.0"}, []string{"xǃ1 = 6.0"}, nil},
	{"integers under a float", []string{"n := 3", "var f float64 = float64(n) * (1/2)"}, []string{"fǃ1 = (float64(nǃ1) * 0.0)"}, nil},
	{"a variable of another type has another name", []string{"x := 1", "x := \"s\""}, []string{"var xǃ2 string"}, nil},
	{"a variable of the same type keeps its name", []string{"x := 1", "x := 2"}, []string{"xǃ1 = 2"}, []string{"var xǃ"}},
	{"functions are called through variables", []string{"func f() int { return 1 }", "f()"}, []string{"fǃ1()"}, []string{"fǃfǃ1()"}},
	{"a function calls itself directly", []string{"func f(n int) int { return f(n-1) }"}, []string{"= fǃfǃ1((n_1 - 1))"}, nil},
	{"declared types are erased", []string{"type C float64\nvar c C = 3"}, []string{"var cǃ1 float64"}, []string{"type C"}},
	{"structs are the run time's", []string{"type P struct{ X int }\np := P{1}"}, []string{"var pǃ1 rt.T", "{X: 1}"}, nil},
	{"a value of a declared type is boxed", []string{"type C int\nvar x any = C(3)"}, []string{"rt.Box("}, nil},
	{"one of a basic type is not", []string{"var x any = 3"}, []string{"xǃ1 = 3"}, []string{"rt.Box("}},
	{"methods are functions of their receiver", []string{"type C int\nfunc (c C) M() C { return c }", "C(1).M()"}, []string{"CǃMǃ1(1)"}, nil},
	{"promoted through a field", []string{"type A struct{ n int }\nfunc (a *A) M() {}\ntype B struct{ A }\nvar b B", "b.M()"}, []string{"AǃMǃ1(&bǃ1.A)"}, nil},
	{"interfaces find methods at run time", []string{"type I interface{ M() int }\nvar i I", "i.M()"}, []string{`rt.Method(iǃ1, "M"`}, nil},
	{"instances are written out once", []string{"func F[T any](x T) T { return x }", "a, b, c := F(1), F(2), F(\"s\")"}, []string{"func Fǃgǃ1(x_1 int) int", "func Fǃgǃ2(x_1 string) string"}, []string{"Fǃgǃ3"}},
	{"each turn has its own variable", []string{"var fs []func() int\nfor i := 0; i < 3; i++ { fs = append(fs, func() int { return i }) }"}, []string{"for {"}, []string{"i_1++ {"}},
	{"a loop that nothing outlives is plain", []string{"s := 0\nfor i := 0; i < 3; i++ { s += i }"}, []string{"for ; (i_1 < 3); i_1++ {"}, nil},
	{"integers are counted", []string{"for i := range 3 { _ = i }"}, []string{"int(0)"}, []string{"range"}},
	{"a range over a function is a call", []string{"seq := func(yield func(int) bool) {}\nfor v := range seq { _ = v }"}, []string{"(t_3 int) bool {", "return true"}, nil},
	{"deferred arguments are kept", []string{"func f(n int) { defer print(n); n = 2 }"}, []string{"rt.Defer()", ".Push("}, nil},
	{"waits are the host's", []string{"c := make(chan int, 1)", "c <- 1\n<-c"}, []string{"rt.Send(cǃ1", "rt.Receive(cǃ1)"}, []string{"<-cǃ1"}},
	{"an index is compared first", []string{"func f(xs []int, i int) int { return xs[i] }"}, []string{"if i_2 >= len(xs_1) { rt.OutOfRange(i_2, len(xs_1)) }"}, nil},
	{"not one that the loop keeps in range", []string{"func f(xs []int) (s int) { for i := range xs { s += xs[i] }; return }"}, nil, []string{"OutOfRange"}},
	{"nor in the library", []string{"slices.Index([]int{1}, 1)"}, []string{"func Indexǃg"}, []string{"OutOfRange"}},
	{"sorting is compiled", []string{"slices.Sort([]int{2, 1})"}, []string{"rt.Sort(a0)"}, nil},
	{"the library stands in for compiled types", []string{"var p atomic.Pointer[int]"}, []string{"var pǃ1 rt.T"}, nil},
	{"operands keep their order", []string{"func g() (int, int) { return 1, 2 }\nfunc h() int { return 1 }\nfunc a(x, y int) int { return x }", "h() + a(g())"}, []string{"t_4 := hǃ1() t_2, t_3 := gǃ1()"}, nil},
	{"a function waits", []string{"func f() int { return later() }"}, []string{`rt.Waiting("f needs later, which no cell has declared yet")`}, nil},
}

var space = regexp.MustCompile(`\s+`)

func TestForms(t *testing.T) {
	for _, c := range forms {
		s := newSession()
		var source string
		for _, text := range c.cells {
			p, err := s.lower(t, text)
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			source = space.ReplaceAllString(p.Source, " ")
		}
		for _, want := range c.want {
			if !strings.Contains(source, want) {
				t.Errorf("%s: no %q in\n%s", c.name, want, source)
			}
		}
		for _, lack := range c.lack {
			if strings.Contains(source, lack) {
				t.Errorf("%s: %q in\n%s", c.name, lack, source)
			}
		}
	}
}

// unsupported are what this engine cannot run, with what is said of it; docs/language.md lists them.
var unsupported = []struct{ cell, want string }{
	{"var p unsafe.Pointer", "1:5 unsafe.Pointer cannot be used in a cell"},
	{"x := 1\n\np := unsafe.Pointer(&x)", "3:1 unsafe.Pointer cannot be used in a cell"},
	{"s := unsafe.String(nil, 0)", "1:6 unsafe.String cannot be used in a cell"},
	{"func f() int", "1:1 a function in a cell needs a body"},
	{"x := binary.LittleEndian", "1:1 a variable cannot hold the unexported type encoding/binary.littleEndian"},
	{"var n sql.Null[int]", "1:5 the generic type database/sql.Null[int] of a compiled package cannot be used in a cell"},
	{"maphash.Comparable(maphash.MakeSeed(), 1)", "1:1 the generic function hash/maphash.Comparable of a compiled package cannot be called from a cell"},
}

func TestUnsupported(t *testing.T) {
	for _, c := range unsupported {
		s := newSession()
		_, err := s.lower(t, c.cell)
		var e *cell.Error
		if !errors.As(err, &e) || e.Name != "Unsupported" || len(e.Diagnostics) != 1 {
			t.Errorf("%q: %v", c.cell, err)
			continue
		}
		d := e.Diagnostics[0]
		if got := fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Message); got != c.want {
			t.Errorf("%q: %s, want %s", c.cell, got, c.want)
		}
		if d.Hint == "" {
			t.Errorf("%q: no way round is named", c.cell)
		}
	}
}

// TestNothingIsLeftOfARefusedCell: what a cell declared before it was refused is declared by the next one.
func TestNothingIsLeftOfARefusedCell(t *testing.T) {
	s := newSession()
	text := "type B[T any] struct{ v T }\nfunc (b B[T]) Get() T { return b.v }\nvar x any = B[int]{1}\nhtml.EscapeString(\"<\")"
	if _, err := s.lower(t, text+"\nvar p unsafe.Pointer"); err == nil {
		t.Fatal("unsafe.Pointer is lowered")
	}
	p, err := s.lower(t, text)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Imports) != 1 || p.Imports[0] != "html" || len(p.Shapes) != 1 || !strings.Contains(p.Source, "func Getǃg") {
		t.Errorf("imports %v, shapes %v, source\n%s", p.Imports, p.Shapes, p.Source)
	}
}
