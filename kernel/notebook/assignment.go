package notebook

import (
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// assignment is how a cell gives a value to a name.
type assignment struct {
	value    string // as the cell writes it
	typ      string // the declared type, if any
	constant bool   // declared by const
}

// readAssignments finds name := value, name = value and var name T = value in a cell of plain statements.
func readAssignments(source string) (map[string]assignment, error) {
	const before = "package p\nfunc _() {\n"
	text := before + source + "\n}\n"
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("only plain statements can stand beside parameters: %w", err)
	}
	r := assignmentReader{text: text, found: map[string]assignment{}}
	body := file.Decls[0].(*ast.FuncDecl).Body
	for _, statement := range body.List {
		switch s := statement.(type) {
		case *ast.AssignStmt:
			r.assign(s)
		case *ast.DeclStmt:
			r.declare(s.Decl.(*ast.GenDecl))
		}
	}
	return r.found, nil
}

type assignmentReader struct {
	text  string
	found map[string]assignment
}

func (r assignmentReader) assign(s *ast.AssignStmt) {
	if len(s.Lhs) != len(s.Rhs) || s.Tok != token.DEFINE && s.Tok != token.ASSIGN {
		return
	}
	for i, left := range s.Lhs {
		if name, ok := left.(*ast.Ident); ok {
			r.found[name.Name] = assignment{value: r.of(s.Rhs[i])}
		}
	}
}

func (r assignmentReader) declare(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, name := range v.Names {
			a := assignment{constant: d.Tok == token.CONST}
			if v.Type != nil {
				a.typ = r.of(v.Type)
			}
			if i < len(v.Values) {
				a.value = r.of(v.Values[i])
			}
			r.found[name.Name] = a
		}
	}
}

func (r assignmentReader) of(e ast.Expr) string { return r.text[e.Pos()-1 : e.End()-1] }

// accept returns value as an expression of the kind that the assignment has at present.
func (a assignment) accept(value string) (string, error) {
	if a.constant {
		return "", errors.New("it is a constant in the notebook and cannot be set; declare it with :=")
	}
	trimmed := strings.TrimSpace(value)
	kind := a.kind()
	if kind == types.IsString {
		if given, ok := evaluate(trimmed); ok && given.Info()&types.IsString != 0 {
			return trimmed, nil
		}
		return strconv.Quote(value), nil
	}
	if _, err := parser.ParseExpr(trimmed); err != nil {
		return "", fmt.Errorf("%q is not a Go expression", value)
	}
	if name, ok := kindNames[kind]; ok && !fits(trimmed, kind) {
		return "", fmt.Errorf("%s is not %s, as %s is", trimmed, name, a.value)
	}
	return trimmed, nil
}

var kindNames = map[types.BasicInfo]string{
	types.IsInteger: "an integer", types.IsFloat: "a number", types.IsBoolean: "true or false",
}

// kind is whether the present value is a string, an integer, a floating-point number or a truth value; 0 for any other.
func (a assignment) kind() types.BasicInfo {
	value := a.value
	if a.typ != "" && value == "" {
		value = "*new(" + a.typ + ")"
	} else if a.typ != "" {
		value = a.typ + "(" + value + ")"
	}
	basic, ok := evaluate(value)
	if !ok {
		return 0
	}
	return basic.Info() & (types.IsString | types.IsInteger | types.IsFloat | types.IsBoolean)
}

// evaluate finds the type of an expression that needs no other name than Go's own.
func evaluate(expression string) (*types.Basic, bool) {
	v, err := types.Eval(token.NewFileSet(), nil, token.NoPos, expression)
	if err != nil || v.Type == nil {
		return nil, false
	}
	basic, ok := v.Type.Underlying().(*types.Basic)
	return basic, ok
}

// fits reports whether a value written in Go can stand for one of the kind. What cannot be evaluated here may well fit.
func fits(value string, kind types.BasicInfo) bool {
	v, err := types.Eval(token.NewFileSet(), nil, token.NoPos, value)
	if err != nil || v.Value == nil {
		return !isBareWord(value)
	}
	switch kind {
	case types.IsInteger:
		return constant.ToInt(v.Value).Kind() == constant.Int
	case types.IsFloat:
		return constant.ToFloat(v.Value).Kind() == constant.Float
	}
	return v.Value.Kind() == constant.Bool
}

// isBareWord reports whether value is a name, such as a string would be that has lost its way.
func isBareWord(value string) bool { return token.IsIdentifier(value) }
