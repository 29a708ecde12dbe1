package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// written says where a cell of this session declares a name, and with what words.
type written struct {
	cell, line int
	doc, text  string
}

// whereWritten finds the declaration of a session's object in the text of the cell it is from.
func (s *Scope) whereWritten(o types.Object) (written, bool) {
	at := s.fset.Position(o.Pos())
	src, ok := s.Source(Number(at.Filename))
	if !ok || int(o.Pos()) >= s.fset.Base() {
		return written{}, false
	}
	fset := token.NewFileSet()
	pieces, err := parse(fset, src)
	if err != nil {
		return written{}, false
	}
	for _, p := range pieces {
		if w, ok := writtenIn(fset, src, p, o.Name(), at); ok {
			return w, true
		}
	}
	return written{}, false
}

// writtenIn looks for the identifier of that name at that place, in one piece.
func writtenIn(fset *token.FileSet, src Source, p piece, name string, at token.Position) (written, bool) {
	var nodes []ast.Node
	if p.decl != nil {
		nodes = append(nodes, p.decl)
	}
	for _, st := range p.stmts {
		nodes = append(nodes, st)
	}
	for _, n := range nodes {
		for inner := range ast.Preorder(n) {
			id, ok := inner.(*ast.Ident)
			if !ok || id.Name != name {
				continue
			}
			if here := fset.Position(id.Pos()); here.Line == at.Line && here.Column == at.Column {
				return excerpt(fset, src, n, at.Line), true
			}
		}
	}
	return written{}, false
}

func excerpt(fset *token.FileSet, src Source, n ast.Node, line int) written {
	lines := strings.Split(src.Text, "\n")
	first := fset.Position(n.Pos()).Line
	last := min(fset.Position(n.End()).Line, len(lines))
	return written{src.Number, line, commentAbove(lines[:first-1]), strings.Join(lines[first-1:last], "\n")}
}

// commentAbove is the text of the line comments that end some lines.
func commentAbove(lines []string) string {
	var g ast.CommentGroup
	for i := len(lines) - 1; i >= 0; i-- {
		l := strings.TrimSpace(lines[i])
		if !strings.HasPrefix(l, "//") {
			break
		}
		g.List = append(g.List, &ast.Comment{Text: l})
	}
	slices.Reverse(g.List)
	return g.Text()
}
