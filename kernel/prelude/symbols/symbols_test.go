package symbols

import (
	"flag"
	"go/constant"
	"go/types"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/traefik/yaegi/interp"

	"scorebook/kernel/cell/exports"
)

// Everything the checker lets a cell name must be there when the cell runs, generics apart.
func TestTablesHoldWhatTheCheckerOffers(t *testing.T) {
	im := exports.New()
	for _, path := range im.Paths() {
		p, err := im.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		m := Package(path)
		for _, name := range p.Scope().Names() {
			o := p.Scope().Lookup(name)
			_, ok := m[name]
			if o.Exported() && ok == generic(o) && !strings.HasPrefix(path+"."+name, "testing.Main") {
				t.Errorf("%s.%s: in the table %v, generic %v", path, name, ok, generic(o))
			}
		}
	}
}

// generic reports whether an object has no value: it has type parameters, or constrains some.
func generic(o types.Object) bool {
	switch o := o.(type) {
	case *types.Func:
		return o.Signature().TypeParams().Len() > 0
	case *types.TypeName:
		if i, ok := o.Type().Underlying().(*types.Interface); ok && !i.IsMethodSet() {
			return true
		}
		t, ok := o.Type().(interface{ TypeParams() *types.TypeParamList })
		return ok && t.TypeParams().Len() > 0
	}
	return false
}

func TestValuesAreThePackages(t *testing.T) {
	m := Package("math")
	if got := m["Sqrt"].Interface().(func(float64) float64)(9); got != 3 {
		t.Errorf("math.Sqrt(9) = %v", got)
	}
	pi := m["Pi"].Interface().(constant.Value)
	if got, _ := constant.Float64Val(pi); got != 3.141592653589793 {
		t.Errorf("math.Pi = %v", got)
	}
	if m := Package("os"); m["Args"].Addr().Interface().(*[]string) != &os.Args {
		t.Error("os.Args is a copy")
	}
	if got := Package("gonum.org/v1/gonum/mat")["Dense"].Type().Elem().Name(); got != "Dense" {
		t.Errorf("mat.Dense is a %s", got)
	}
	if got := Package("nonsense"); got != nil {
		t.Errorf("Package(nonsense) = %v", got)
	}
	if !slices.IsSortedFunc(tables, func(a, b *table) int { return strings.Compare(a.path, b.path) }) {
		t.Error("tables are not sorted")
	}
}

// A wrapper must implement the interface it stands for, or the interpreter cannot pass a value on.
func TestWrappersImplement(t *testing.T) {
	n := 0
	for _, p := range tables {
		m := Package(p.path)
		for name, w := range m {
			if name[0] != '_' {
				continue
			}
			n++
			i := m[name[1:]].Type().Elem()
			if s := w.Type().Elem(); !s.Implements(i) || s.Field(0).Name != "IValue" || s.NumField() != i.NumMethod()+1 {
				t.Errorf("%v does not wrap %v", s, i)
			}
		}
	}
	if n < 200 {
		t.Errorf("only %d wrappers", n)
	}
}

func panics(f func()) (failed bool) {
	defer func() { failed = recover() != nil }()
	f()
	return
}

func TestNothingEndsTheProcess(t *testing.T) {
	osm, rt, fl := Package("os"), Package("runtime"), Package("flag")
	if !panics(func() { osm["Exit"].Interface().(func(int))(0) }) {
		t.Error("os.Exit returned")
	}
	if !panics(rt["Goexit"].Interface().(func())) || !panics(rt["Breakpoint"].Interface().(func())) {
		t.Error("runtime.Goexit or Breakpoint returned")
	}
	if !panics(func() { Package("log")["Fatal"].Interface().(func(...any))("expected by the test") }) {
		t.Error("log.Fatal returned")
	}
	if _, err := osm["FindProcess"].Interface().(func(int) (*os.Process, error))(os.Getpid()); err == nil {
		t.Error("os.FindProcess gave the kernel's own process")
	}
	set := fl["NewFlagSet"].Interface().(func(string, flag.ErrorHandling) *flag.FlagSet)("x", flag.ExitOnError)
	set.SetOutput(io.Discard)
	if !panics(func() { set.Parse([]string{"-nonsense"}) }) {
		t.Error("a wrong flag did not panic")
	}
}

// The interpreter is the judge of the form: it calls a function, uses a new package of the standard library,
// wraps an interpreted reader for compiled code, and multiplies matrices.
func TestInterpreterTakesThem(t *testing.T) {
	i := interp.New(interp.Options{})
	for _, path := range []string{"io", "math/rand/v2", "strings", "bufio", "gonum.org/v1/gonum/mat", "log/slog"} {
		if err := i.Use(interp.Exports{path + "/" + lookup(path).name: Package(path)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := i.Eval(`
import ("bufio"; "math/rand/v2"; "gonum.org/v1/gonum/mat"; "strings")
type slow struct{ r *strings.Reader }
func (s *slow) Read(p []byte) (int, error) { return s.r.Read(p[:1]) }
func answer() string {
	line, _ := bufio.NewReader(&slow{strings.NewReader("forty-two\nrest")}).ReadString('\n')
	m := mat.NewDense(1, 1, []float64{rand.New(rand.NewPCG(1, 2)).Float64()})
	m.Sub(m, m)
	if m.At(0, 0) != 0 { return "no" }
	return strings.TrimSpace(line)
}
`); err != nil {
		t.Fatal(err)
	}
	v, err := i.Eval("answer()")
	if err != nil {
		t.Fatal(err)
	}
	if v.String() != "forty-two" {
		t.Errorf("got %v", v)
	}
}

func BenchmarkPackage(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Package("gonum.org/v1/gonum/mat")
	}
}
