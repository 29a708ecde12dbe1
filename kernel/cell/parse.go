package cell

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
)

// A piece is one parsed chunk: a declaration, or one or more statements.
type piece struct {
	kind       kind
	decl       ast.Decl   // for declarations
	stmts      []ast.Stmt // for statements and vars
	unresolved map[string][]*ast.Ident
}

// parse turns a cell's text into pieces. Their positions are those of the cell, whatever was wrapped around them.
func parse(fset *token.FileSet, src Source) ([]piece, error) {
	var pieces []piece
	for _, c := range split(src.Text) {
		if c.kind == packageClause {
			continue
		}
		p, err := parseChunk(fset, src, c)
		if err != nil {
			return nil, err
		}
		pieces = append(pieces, p)
	}
	return pieces, nil
}

const asStatement, asDeclaration = "package p;func _(){", "package p;\n"

func parseChunk(fset *token.FileSet, src Source, c chunk) (piece, error) {
	before, after := asDeclaration, "\n"
	if c.kind == statement || c.kind == varDecl {
		before, after = asStatement, "\n}"
	}
	line, col := place(src.Text, c.start)
	text := fmt.Sprintf("%s/*line %s:%d:%d*/%s%s", before, fileName(src.Number), line, col, src.Text[c.start:c.end], after)
	f, err := parser.ParseFile(fset, fileName(src.Number), text, parser.ParseComments|parser.AllErrors)
	if err != nil {
		return piece{}, syntaxError(src, err)
	}
	p := piece{kind: c.kind, unresolved: map[string][]*ast.Ident{}}
	for _, id := range f.Unresolved {
		p.unresolved[id.Name] = append(p.unresolved[id.Name], id)
	}
	if before == asDeclaration {
		p.decl = f.Decls[0]
		return p, nil
	}
	p.stmts = f.Decls[0].(*ast.FuncDecl).Body.List
	return p, nil
}

// syntaxError reports the parser's first complaint; the later ones mostly follow from it.
func syntaxError(src Source, err error) error {
	list, ok := err.(scanner.ErrorList)
	if !ok || len(list) == 0 {
		return NewError(src, "SyntaxError", Diagnostic{Cell: src.Number, Line: 1, Column: 1, Message: err.Error()})
	}
	e := list[0]
	line, col := within(src.Text, e.Pos.Line, e.Pos.Column)
	return NewError(src, "SyntaxError", Diagnostic{Cell: src.Number, Line: line, Column: col, Message: e.Msg})
}

// within pulls a position that lies in the wrapping after the cell back to the cell's end.
func within(text string, line, col int) (int, int) {
	endLine, endCol := place(text, len(text))
	if line > endLine {
		return endLine, endCol
	}
	return line, col
}

// place gives the line and column, from 1 and in bytes, of an offset in the text.
func place(text string, offset int) (line, col int) {
	line, col = 1, 1
	for i := 0; i < offset; i++ {
		if col++; text[i] == '\n' {
			line, col = line+1, 1
		}
	}
	return line, col
}

// fileName is how a cell is called in positions and tracebacks.
func fileName(number int) string { return fmt.Sprintf("cell%d", number) }

// Number gives back the cell's number from a position's file name, or 0.
func Number(file string) (n int) {
	_, _ = fmt.Sscanf(file, "cell%d", &n)
	return n
}
