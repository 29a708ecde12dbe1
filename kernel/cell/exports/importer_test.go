package exports

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

func TestEveryPackageImports(t *testing.T) {
	im := New()
	paths := im.Paths()
	if len(paths) < 200 {
		t.Fatalf("only %d packages on offer", len(paths))
	}
	for _, path := range paths {
		p, err := im.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		if !p.Complete() || p.Path() != path {
			t.Errorf("Import(%q) gave %q, complete %v", path, p.Path(), p.Complete())
		}
		if ix, _ := catalogue(); p.Name() != ix.entries[path].name {
			t.Errorf("%s is called %s in the index and %s in its data", path, ix.entries[path].name, p.Name())
		}
		again, _ := im.Import(path)
		if again != p {
			t.Errorf("a second Import(%q) gave another package", path)
		}
	}
}

func TestAlonePackagesAreWhole(t *testing.T) {
	all := New()
	for _, path := range all.Paths() {
		if _, err := all.Import(path); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range all.Paths() {
		alone, err := New().Import(path)
		if err != nil {
			t.Fatal(err)
		}
		among, _ := all.Import(path)
		if !slices.Equal(alone.Scope().Names(), among.Scope().Names()) {
			t.Errorf("%s declares other names when imported after the rest", path)
		}
	}
}

func TestUnknownPackages(t *testing.T) {
	for _, path := range []string{"", "nonsense", "syscall", "plugin", "C", "builtin", "internal/abi", "example.com/x"} {
		if _, err := New().Import(path); err == nil {
			t.Errorf("Import(%q) succeeded", path)
		}
	}
}

const program = `package p

import (
	"bufio"
	"context"
	"io"
	"iter"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"unsafe"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

var (
	w   io.Writer = os.Stdout
	r             = bufio.NewReader(strings.NewReader("x"))
	h   http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) })
	n                = distuv.Normal{Mu: 0, Sigma: 1, Src: rand.NewPCG(1, 2)}
	m   mat.Matrix   = mat.NewDense(2, 2, nil).T()
	seq iter.Seq[int] = slices.Values(slices.Collect(slices.Values([]int{1})))
	c, stop          = context.WithCancel(context.Background())
	ptr atomic.Pointer[mat.Dense]
	size             = unsafe.Sizeof(n)
)

func f() error {
	p := plot.New()
	l, err := plotter.NewLine(plotter.XYs{{X: 1, Y: 2}})
	p.Add(l)
	ptr.Load().Mul(m, m)
	var fn plot.Ticker = plot.DefaultTicks{}
	_, _ = fn, err
	return p.Save(4*vg.Inch, 4*vg.Inch, "x.png")
}
`

func TestPackagesFitTogether(t *testing.T) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", program, 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: New()}
	if _, err := conf.Check("p", fset, []*ast.File{f}, nil); err != nil {
		t.Error(err)
	}
}

func TestNamesRank(t *testing.T) {
	first := map[string]string{
		"rand": "math/rand/v2", "template": "text/template", "mat": "gonum.org/v1/gonum/mat", "fmt": "fmt",
		"plot": "gonum.org/v1/plot", "draw": "image/draw", "path": "path", "palette": "gonum.org/v1/plot/palette",
		"scanner": "text/scanner", "vg": "gonum.org/v1/plot/vg", "unsafe": "unsafe", "fd": "gonum.org/v1/gonum/diff/fd",
		"text": "gonum.org/v1/plot/text", "distuv": "gonum.org/v1/gonum/stat/distuv", "trace": "runtime/trace",
	}
	im := New()
	for name, want := range first {
		if got := im.ByName(name); len(got) == 0 || got[0] != want {
			t.Errorf("ByName(%q) = %v, want %s first", name, got, want)
		}
	}
	if got := im.ByName("rand"); got[len(got)-1] != "crypto/rand" {
		t.Errorf("ByName(rand) = %v", got)
	}
	if got := im.ByName("nonsense"); len(got) != 0 {
		t.Errorf("ByName(nonsense) = %v", got)
	}
}

func TestDocs(t *testing.T) {
	im := New()
	for _, c := range []struct{ path, name, begins string }{
		{"math", "Sqrt", "Sqrt returns the square root"},
		{"math", "Pi", "Mathematical constants."},
		{"builtin", "copy", "\tfunc copy(dst, src []Type) int\n\nThe copy built-in"},
		{"builtin", "nil", "nil is a predeclared"},
		{"builtin", "error", "The error built-in interface"},
		{"strings", "Builder.WriteString", "WriteString appends"},
		{"net/http", "Request.Method", "Method specifies the HTTP method"},
		{"io", "Reader.Read", ""},
		{"io", "Reader", "Reader is the interface"},
		{"gonum.org/v1/gonum/mat", "Dense.Mul", "Mul takes the matrix product"},
		{"math", "", "Package math"},
		{"scorebook/stdlib/trajectory", "Trajectory", "Trajectory is"},
		{"math", "nonsense", ""},
		{"nonsense", "X", ""},
	} {
		got := im.Doc(c.path, c.name)
		if !strings.HasPrefix(got, c.begins) || (got == "") != (c.begins == "") {
			t.Errorf("Doc(%q, %q) = %q, want it to begin %q", c.path, c.name, got, c.begins)
		}
	}
}

func TestBrokenIndex(t *testing.T) {
	for _, data := range []string{"", "go1.26", "go1.26\na b 1\n\nx", "go1.26\na b 1 2\n\nx", "go1.26\na b -1 1\n\nx"} {
		ix := index{entries: map[string]entry{}}
		if err := ix.add(data); err == nil {
			t.Errorf("index %q was accepted", data)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New()
	}
}

func BenchmarkReadIndex(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readArchives(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkImport(b *testing.B) {
	for _, path := range []string{"math", "fmt", "os", "net/http", "gonum.org/v1/gonum/mat", "gonum.org/v1/plot"} {
		b.Run(path, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := New().Import(path); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkImportAll(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		im := New()
		for _, path := range im.Paths() {
			if _, err := im.Import(path); err != nil {
				b.Fatal(err)
			}
		}
	}
}
