package prelude

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"scorebook/kernel/cell"
	"scorebook/kernel/cell/exports"
)

// declarations parses this package without its tests.
func declarations(t *testing.T) []ast.Decl {
	t.Helper()
	isCode := func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }
	pkgs, err := parser.ParseDir(token.NewFileSet(), ".", isCode, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var all []ast.Decl
	for _, f := range pkgs["prelude"].Files {
		all = append(all, f.Decls...)
	}
	return all
}

func TestEveryFunctionOfACellIsDocumented(t *testing.T) {
	documented := 0
	for _, d := range declarations(t) {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil || !f.Name.IsExported() {
			continue
		}
		star, ok := f.Recv.List[0].Type.(*ast.StarExpr)
		if !ok || star.X.(*ast.Ident).Name != "Vocabulary" {
			continue
		}
		documented++
		if !strings.HasPrefix(f.Doc.Text(), f.Name.Name+" ") {
			t.Errorf("the comment on %s does not begin with its name", f.Name.Name)
		}
	}
	if documented < 20 {
		t.Errorf("only %d functions found", documented)
	}
}

// TestTablesHoldEveryName compares the tables, which the interpreter reads, with the declarations.
func TestTablesHoldEveryName(t *testing.T) {
	var names []string
	for _, d := range declarations(t) {
		g, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, s := range g.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				for _, n := range s.Names {
					names = append(names, n.Name)
				}
			}
		}
	}
	ours := []string{"Failure", "Path", "Prelude", "Vocabulary"} // of Go programs, not of cells
	names = slices.DeleteFunc(names, func(n string) bool { return !token.IsExported(n) || slices.Contains(ours, n) })
	slices.Sort(names)
	listed := slices.Sorted(maps.Keys(typeNames()))
	listed = append(listed, slices.Sorted(maps.Keys(constants()))...)
	slices.Sort(listed)
	if !slices.Equal(names, listed) {
		t.Errorf("declared %v\nlisted   %v", names, listed)
	}
}

func TestCheckerAndInterpreterSeeTheSameNames(t *testing.T) {
	p, err := Package(exports.New())
	if err != nil {
		t.Fatal(err)
	}
	symbols := slices.Sorted(maps.Keys(New().Symbols()))
	if !slices.Equal(p.Scope().Names(), symbols) {
		t.Errorf("checker %v\ninterpreter %v", p.Scope().Names(), symbols)
	}
}

// example is what a cell is to look like.
const example = `A1, A2, B1, B2, r := 1.0, 1.2, 0.6, 0.3, 0.8
drift := func(dst, x []float64) {
	g1 := 4*x[0]*(x[0]*x[0]-A1*A1) + B1
	g2 := 4*x[1]*(x[1]*x[1]-A2*A2) + B2
	dst[0], dst[1] = -g1+r*g2, -r*g1-g2
}
obs := Simulate(SDE{Dim: 2, Drift: drift, Noise: Isotropic(math.Sqrt2)}, Run{Dt: 1e-3, Every: 25, Steps: 4_000_000, Ensemble: 16, Seed: 1})

z := Normalize(obs)
s := KGMM(z, KGMMOptions{Sigma: 0.05})
q := RateMatrix(z, RateOptions{MinProb: 1e-3})
phi := Mobility(q, s)
gen := Simulate(Langevin(s, phi), Run{Dt: 1e-3, Every: 25, Steps: 4_000_000, Ensemble: 16, Seed: 2})
Compare(z, gen)
Check("KL of marginals", KL(z, gen), Below(0.01))`

func TestTheExampleChecks(t *testing.T) {
	im := exports.New()
	p, err := Package(im)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cell.NewScope(im, p).Check(cell.Source{Number: 1, Text: example}); err != nil {
		t.Error(err)
	}
}

func TestFunctionsExplainThemselves(t *testing.T) {
	im := exports.New()
	p, err := Package(im)
	if err != nil {
		t.Fatal(err)
	}
	scope := cell.NewScope(im, p)
	for text, want := range map[string][]string{
		"Simulate":    {"func Simulate(s SDE, r Run) *Trajectory", "LD (77)"},
		"KGMMOptions": {"Sigma", "= kgmm.Options", "Sigma is required"},
		"Logarithm":   {"ln(T)/τ"},
	} {
		got, _ := scope.Inspect(text, len(text), 0).Data["text/plain"].(string)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q is not in\n%s", text, w, got)
			}
		}
	}
}
