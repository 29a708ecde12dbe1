package cell

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

var kindNames = map[kind]string{
	statement: "statement", importDecl: "import", typeDecl: "type", constDecl: "const", varDecl: "var",
	funcDecl: "func", packageClause: "package",
}

// splits are cells with their chunks, each as its kind and its text.
var splits = []struct {
	text string
	want []string
}{
	{"", nil},
	{"// only a comment", nil},
	{"x := 1", []string{"statement|x := 1"}},
	{"x := 1; y := 2", []string{"statement|x := 1", "statement|y := 2"}},
	{"x := 1\n\ny", []string{"statement|x := 1", "statement|y"}},
	{"package main\nimport \"fmt\"\n", []string{"package|package main", "import|import \"fmt\""}},
	{"type (\n\tA int\n\tB string\n)", []string{"type|type (\n\tA int\n\tB string\n)"}},
	{"const a = 1; var b = 2", []string{"const|const a = 1", "var|var b = 2"}},
	{"func f() {}\nfunc (t T) m() int { return 1 }", []string{"func|func f() {}", "func|func (t T) m() int { return 1 }"}},
	{"func(x int) int { return x }(3)", []string{"statement|func(x int) int { return x }(3)"}},
	{"func() (a, b int) { return 1, 2 }()", []string{"statement|func() (a, b int) { return 1, 2 }()"}},
	{"for i := 0; i < 3; i++ {\n}\nx", []string{"statement|for i := 0; i < 3; i++ {\n}", "statement|x"}},
	{"if x := f(); x > 0 { y() } else { z() }", []string{"statement|if x := f(); x > 0 { y() } else { z() }"}},
	{"switch x := 3; x { case 1: }; y", []string{"statement|switch x := 3; x { case 1: }", "statement|y"}},
	{"l:\nfor {\n}\nx", []string{"statement|l:\nfor {\n}", "statement|x"}},
	{"l: for i := 0; i < 2; i++ {}", []string{"statement|l: for i := 0; i < 2; i++ {}"}},
	{"x := `a;\nb`; y := \"c;d\"", []string{"statement|x := `a;\nb`", "statement|y := \"c;d\""}},
	{"f(\n\t1,\n\t2,\n)", []string{"statement|f(\n\t1,\n\t2,\n)"}},
	{"a.\n\tb().\n\tc()", []string{"statement|a.\n\tb().\n\tc()"}},
	{"x := []int{1,\n2}\n// trailing", []string{"statement|x := []int{1,\n2}"}},
	{"/* one */ x /* two */; y", []string{"statement|/* one */ x /* two */", "statement|y"}},
	{";;x;;", []string{"statement|x"}},
	{"f(1", []string{"statement|f(1"}},
}

func TestSplit(t *testing.T) {
	for _, c := range splits {
		var got []string
		for _, ch := range split(c.text) {
			got = append(got, kindNames[ch.kind]+"|"+strings.TrimSpace(c.text[ch.start:ch.end]))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q:\ngot  %q\nwant %q", c.text, got, c.want)
		}
	}
}

// TestHidden: a semicolon at the end keeps the value from being shown.
func TestHidden(t *testing.T) {
	for text, want := range map[string]bool{"x": false, "x;": true, "x; ": true, "x;\n": true, "x; // c": true, "x // c;": false, "": false, "f(\";\")": false} {
		if got := hidden(text); got != want {
			t.Errorf("%q: hidden %t", text, got)
		}
	}
}

// TestPositionsAreTheCells: what was wrapped around a chunk to parse it moves nothing.
func TestPositionsAreTheCells(t *testing.T) {
	text := "x := 1\n  é := x; y := é\nfunc f() {\n\treturn\n}"
	fset := token.NewFileSet()
	pieces, err := parse(fset, Source{Number: 7, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][2]int{"x": {1, 1}, "é": {2, 3}, "y": {2, 12}, "f": {3, 6}}
	seen := func(id *ast.Ident) {
		at := fset.Position(id.Pos())
		if pos, ok := want[id.Name]; ok && (at.Line != pos[0] || at.Column != pos[1] || Number(at.Filename) != 7) {
			t.Errorf("%s is at %v, want line %d, column %d of cell 7", id.Name, at, pos[0], pos[1])
		}
		delete(want, id.Name)
	}
	for _, p := range pieces {
		for _, s := range p.stmts {
			seen(s.(*ast.AssignStmt).Lhs[0].(*ast.Ident))
		}
		if p.decl != nil {
			seen(p.decl.(*ast.FuncDecl).Name)
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}

// TestSegments counts the stretches in which every name has one meaning.
func TestSegments(t *testing.T) {
	for text, want := range map[string]int{
		"x := 1\ny := 2":                   1,
		"x := 1\nx = 2":                    1,
		"x := 1\nx := 2":                   2,
		"x, y := 1, 2\ny, z := 3, 4":       1,
		"func f() {}\nf := 3":              2,
		"x := 1\nif true { x := 2; _ = x}": 1,
		"var x = 1\nvar x = 2":             2,
	} {
		pieces, err := parse(token.NewFileSet(), Source{Number: 1, Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(segments(pieces, NewScope(nil, nil).names, true)); got != want {
			t.Errorf("%q: %d segments, want %d", text, got, want)
		}
	}
}
