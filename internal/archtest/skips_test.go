package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"testing"
)

// environment lists what a test may ask before it skips: facts about the machine, never the test's own wish.
var environment = map[string][]string{
	"os":      {"Getenv", "LookupEnv", "Getuid", "Geteuid"},
	"exec":    {"LookPath"},
	"runtime": {"GOOS", "GOARCH", "NumCPU"},
	"cpu":     {"X86", "ARM64"},
}

func TestSkipsHaveAReasonInTheEnvironment(t *testing.T) {
	_, files := readTree(t)
	for _, file := range files {
		if file.syntax == nil {
			continue
		}
		for _, name := range wilfulSkips(file.syntax) {
			t.Errorf("%s: %s skips without asking the environment", file.path, name)
		}
	}
}

func TestSkipRuleBites(t *testing.T) {
	const text = `package p
func TestA(t *testing.T) { t.Skip("later") }
func TestB(t *testing.T) { if testing.Short() { t.SkipNow() } }
func TestC(t *testing.T) { if os.Getenv("PYTHON") == "" { t.Skipf("PYTHON is not set") } }`
	syntax, err := parser.ParseFile(token.NewFileSet(), "p_test.go", text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if got := wilfulSkips(syntax); !slices.Equal(got, []string{"TestA", "TestB"}) {
		t.Errorf("wilful skips %v, want TestA and TestB", got)
	}
}

// wilfulSkips names the functions that call Skip, Skipf or SkipNow and ask nothing about the machine.
func wilfulSkips(file *ast.File) []string {
	var names []string
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		skips, asks := false, false
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && isSkip(call) {
				skips = true
			}
			if sel, ok := n.(*ast.SelectorExpr); ok && asksEnvironment(sel) {
				asks = true
			}
			return true
		})
		if skips && !asks {
			names = append(names, f.Name.Name)
		}
	}
	return names
}

func isSkip(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	receiver, ok := sel.X.(*ast.Ident)
	return ok && slices.Contains([]string{"t", "b", "f", "tb"}, receiver.Name) &&
		slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, sel.Sel.Name)
}

func asksEnvironment(sel *ast.SelectorExpr) bool {
	x, ok := sel.X.(*ast.Ident)
	return ok && slices.Contains(environment[x.Name], sel.Sel.Name)
}
