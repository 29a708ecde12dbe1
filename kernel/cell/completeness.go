package cell

import (
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"
)

// The states of a cell that is being typed.
const (
	Complete   = "complete"
	Incomplete = "incomplete"
	Invalid    = "invalid"
)

const indentUnit = "    "

// CompletenessOf says whether Enter should run a cell or begin a new line of it. Open brackets, an open raw
// string or comment, and a line that ends where Go cannot end a statement call for more; anything else that does
// not parse is invalid. Lines that start with % or ! are not Go and complete by themselves.
func CompletenessOf(text string) Completeness {
	text = strings.TrimRight(withoutMagics(text), " \t\r\n")
	toks, fault := lexStrictly(text)
	switch fault {
	case "raw string literal not terminated", "comment not terminated":
		return Completeness{Status: Incomplete}
	case "":
	default:
		return Completeness{Status: Invalid}
	}
	for _, c := range split(text) {
		at, ok := firstFault(text, c)
		switch {
		case ok:
		case at < len(text):
			return Completeness{Status: Invalid}
		case len(openLines(text, toks)) > 0 || !endsStatement(toks):
			return Completeness{Status: Incomplete, Indent: strings.Repeat(indentUnit, depthOf(text, toks))}
		default:
			return Completeness{Status: Invalid}
		}
	}
	return Completeness{Status: Complete}
}

// lexStrictly returns the tokens and the scanner's first complaint.
func lexStrictly(text string) (toks []lexeme, fault string) {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	s.Init(file, []byte(text), func(_ token.Position, msg string) {
		if fault == "" {
			fault = msg
		}
	}, 0)
	for {
		pos, tok, lit := s.Scan()
		toks = append(toks, lexeme{file.Offset(pos), tok, lit})
		if tok == token.EOF {
			return toks, fault
		}
	}
}

// firstFault parses one chunk and returns where in the text it first goes wrong; ok means nowhere.
func firstFault(text string, c chunk) (offset int, ok bool) {
	before, after := asDeclaration, "\n"
	if c.kind == statement || c.kind == varDecl {
		before, after = asStatement, "\n}"
	}
	if c.kind == packageClause {
		return 0, true
	}
	_, err := parser.ParseFile(token.NewFileSet(), "", before+text[c.start:c.end]+after, parser.SkipObjectResolution)
	list, isList := err.(scanner.ErrorList)
	if !isList || len(list) == 0 {
		return 0, err == nil
	}
	return min(c.start+list[0].Pos.Offset-len(before), len(text)), false
}

// openLines lists the lines, counted by offset, on which brackets are opened that the text does not close.
func openLines(text string, toks []lexeme) []int {
	var open []int
	for _, t := range toks {
		switch t.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			open = append(open, strings.LastIndexByte(text[:t.offset], '\n'))
		case token.RPAREN, token.RBRACK, token.RBRACE:
			open = open[:max(0, len(open)-1)]
		}
	}
	return open
}

// depthOf is the indentation of the next line: one step for each line that leaves brackets open, as gofmt has
// it, and one for a statement that goes on.
func depthOf(text string, toks []lexeme) int {
	depth, last := 0, -2
	for _, line := range openLines(text, toks) {
		if line != last {
			depth, last = depth+1, line
		}
	}
	if n := len(toks); n > 1 && !endsStatement(toks) && !opensOrSeparates(toks[n-2].tok) {
		depth++
	}
	return depth
}

// endsStatement reports whether Go ends a statement at the end of the text: its scanner then adds a semicolon.
func endsStatement(toks []lexeme) bool {
	return len(toks) > 1 && toks[len(toks)-2].tok == token.SEMICOLON
}

func opensOrSeparates(t token.Token) bool {
	switch t {
	case token.LPAREN, token.LBRACK, token.LBRACE, token.COMMA, token.COLON, token.SEMICOLON:
		return true
	}
	return false
}
