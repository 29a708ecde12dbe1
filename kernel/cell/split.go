package cell

import (
	"go/parser"
	"go/scanner"
	"go/token"
)

// A kind says what a chunk of a cell is, by its first tokens alone.
type kind int

const (
	statement kind = iota
	importDecl
	typeDecl
	constDecl
	varDecl
	funcDecl
	packageClause
)

// A chunk is one top-level piece of a cell's text: [start, end) in bytes, its leading comments included.
type chunk struct {
	kind       kind
	start, end int
}

// A lexeme is one token and where it lies.
type lexeme struct {
	offset int
	tok    token.Token
	lit    string
}

// split cuts a cell at the semicolons, written or implied, that stand outside all brackets. A cell whose
// brackets do not match comes out as fewer, longer chunks, and the parser then says what is wrong.
func split(text string) []chunk {
	toks := lex(text)
	var chunks []chunk
	depth, first, start := 0, 0, 0
	for i, t := range toks {
		switch t.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		}
		if t.tok != token.EOF && !(t.tok == token.SEMICOLON && depth <= 0) {
			continue
		}
		if t.lit == ";" && i > first && isHeader(toks[first:i]) && !parses(text[start:t.offset]) {
			continue
		}
		if i > first {
			chunks = append(chunks, chunk{kindOf(toks[first:i]), start, t.offset})
		}
		depth, first, start = 0, i+1, t.offset
		if t.tok == token.SEMICOLON && t.lit == ";" {
			start++
		}
	}
	return joinLabels(text, chunks)
}

// isHeader reports a statement whose first part may itself hold semicolons: for i := 0; i < n; i++ { … }.
func isHeader(toks []lexeme) bool {
	for len(toks) > 2 && toks[0].tok == token.IDENT && toks[1].tok == token.COLON {
		toks = toks[2:]
	}
	switch toks[0].tok {
	case token.FOR, token.IF, token.SWITCH:
		return true
	}
	return false
}

func parses(statement string) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", asStatement+statement+"\n}", parser.SkipObjectResolution)
	return err == nil
}

func lex(text string) []lexeme {
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(text))
	s.Init(file, []byte(text), func(token.Position, string) {}, 0)
	var toks []lexeme
	for {
		pos, tok, lit := s.Scan()
		toks = append(toks, lexeme{file.Offset(pos), tok, lit})
		if tok == token.EOF {
			return toks
		}
	}
}

func kindOf(toks []lexeme) kind {
	switch toks[0].tok {
	case token.IMPORT:
		return importDecl
	case token.TYPE:
		return typeDecl
	case token.CONST:
		return constDecl
	case token.VAR:
		return varDecl
	case token.PACKAGE:
		return packageClause
	case token.FUNC:
		if isFuncDecl(toks) {
			return funcDecl
		}
	}
	return statement
}

// isFuncDecl tells a declaration from a literal that starts a statement. Only a declaration has a name, and the
// name of a method is followed by its parameters or type parameters, which a result type never is.
func isFuncDecl(toks []lexeme) bool {
	if len(toks) < 2 {
		return false
	}
	if toks[1].tok == token.IDENT {
		return true
	}
	i := closing(toks, 1)
	return i+2 < len(toks) && toks[i+1].tok == token.IDENT && toks[i+2].tok == token.LPAREN
}

// closing returns the index of the bracket that closes the one at toks[open].
func closing(toks []lexeme, open int) int {
	depth := 0
	for i := open; i < len(toks); i++ {
		switch toks[i].tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(toks)
}

// joinLabels gives a label that ends its line the statement below it, as Go's grammar does.
func joinLabels(text string, chunks []chunk) []chunk {
	var out []chunk
	for _, c := range chunks {
		if n := len(out); n > 0 && out[n-1].kind == statement && isLabel(text[out[n-1].start:out[n-1].end]) {
			out[n-1].end = c.end
			continue
		}
		out = append(out, c)
	}
	return out
}

func isLabel(text string) bool {
	t := lex(text)
	return len(t) >= 3 && t[0].tok == token.IDENT && t[1].tok == token.COLON && t[2].tok == token.EOF
}

// hidden reports whether the cell ends in a semicolon the user wrote, which keeps its value from being shown.
func hidden(text string) bool {
	toks := lex(text)
	for i := len(toks) - 1; i >= 0; i-- {
		if toks[i].tok == token.EOF || toks[i].tok == token.SEMICOLON && toks[i].lit != ";" {
			continue
		}
		return toks[i].tok == token.SEMICOLON
	}
	return false
}
