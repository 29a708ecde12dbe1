package cell

import (
	"go/scanner"
	"go/token"
	"strings"
	"unicode/utf8"
)

// A spot is what the tokens before a cursor say of it. Offsets are in bytes.
type spot struct {
	cursor int
	start  int    // of the word being typed, or the cursor
	word   string // what of it stands before the cursor
	member bool   // after a dot
	quoted bool   // inside a string, whose text starts at start
	dead   bool   // inside a comment, a number or a rune, where no name can stand
	toks   []lexeme
}

// byteOffset turns a cursor in code points into an offset; a cursor outside the text is moved to its ends.
func byteOffset(text string, cursor int) int {
	at := 0
	for ; cursor > 0 && at < len(text); cursor-- {
		_, n := utf8.DecodeRuneInString(text[at:])
		at += n
	}
	return at
}

// runeOffset is the inverse of byteOffset.
func runeOffset(text string, at int) int { return utf8.RuneCountInString(text[:at]) }

func spotAt(text string, cursor int) spot {
	toks, open := lexOpen(text[:cursor])
	sp := spot{cursor: cursor, start: cursor, toks: toks}
	if len(toks) == 0 {
		return sp
	}
	last := toks[len(toks)-1]
	end := last.offset + len(last.lit)
	switch {
	case open && last.tok == token.STRING:
		sp.quoted, sp.start, sp.word = true, last.offset+1, text[last.offset+1:cursor]
	case open, last.tok == token.COMMENT && end == cursor && strings.HasPrefix(last.lit, "//"):
		sp.dead = true
	case last.tok == token.PERIOD:
		sp.member = true
	case end != cursor:
	case last.tok == token.IDENT, last.tok.IsKeyword():
		sp.start, sp.word, sp.toks = last.offset, last.lit, toks[:len(toks)-1]
		sp.member = len(sp.toks) > 0 && sp.toks[len(sp.toks)-1].tok == token.PERIOD
	case last.tok.IsLiteral():
		sp.dead = true
	}
	return sp
}

// lexOpen returns the tokens of a text that may end anywhere, comments among them and the end and its implied
// semicolon left out; open says that the last one is not finished.
func lexOpen(text string) (toks []lexeme, open bool) {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	s.Init(file, []byte(text), func(_ token.Position, msg string) {
		open = open || strings.HasSuffix(msg, "not terminated")
	}, scanner.ScanComments)
	for {
		pos, tok, lit := s.Scan()
		at := file.Offset(pos)
		if tok == token.EOF || tok == token.SEMICOLON && at >= len(text) {
			return toks, open && len(toks) > 0
		}
		if open && tok == token.SEMICOLON { // what was open ended with its line
			open = false
		}
		toks = append(toks, lexeme{at, tok, lit})
	}
}

// closers are the brackets that end what a text leaves open.
func closers(text string) string {
	toks, _ := lexOpen(text)
	var open []byte
	for _, t := range toks {
		switch t.tok {
		case token.LPAREN:
			open = append(open, ')')
		case token.LBRACK:
			open = append(open, ']')
		case token.LBRACE:
			open = append(open, '}')
		case token.RPAREN, token.RBRACK, token.RBRACE:
			open = open[:max(0, len(open)-1)]
		}
	}
	var b strings.Builder
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteByte(open[i])
	}
	return b.String()
}

// startsCall reports whether the statement that ends with toks is a go or defer whose call is not written yet.
func startsCall(toks []lexeme) bool {
	depth := 0
	for i := len(toks) - 1; i >= 0; i-- {
		switch toks[i].tok {
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth++
		case token.LPAREN, token.LBRACK, token.LBRACE:
			if depth--; depth < 0 {
				return false
			}
		case token.SEMICOLON:
			if depth == 0 {
				return false
			}
		case token.GO, token.DEFER:
			if depth == 0 {
				return true
			}
		}
	}
	return false
}
