package cell

import (
	"go/scanner"
	"go/token"
	"strings"
	"unicode/utf8"
)

// A Magic is a line that is for the kernel rather than for Go.
type Magic struct {
	Name  string // "time" for a line "%time …", and "!" for "!command"
	Args  string // the rest of the line
	Whole bool   // it is about the rest of the cell
	Line  int    // from 1
	Start int    // offset of Args in the cell
}

// A Part of a cell is a magic, or Go up to the next one.
type Part struct {
	Magic *Magic // nil for Go
	Code  Source // Go, with all else blanked, so that lines keep their numbers; after a magic, what it is about

	start, end int // where the Go is
}

// Parts takes a cell apart. A line is a magic when it starts with % or ! where Go could start a statement: inside
// brackets, strings and comments those characters are Go's. A name doubled as %%time takes the rest of the
// cell, and so do %time and %timeit on the first line when nothing follows them there.
func Parts(src Source) []Part {
	if !mayHoldMagic(src.Text) {
		return []Part{{Code: src, end: len(src.Text)}}
	}
	var parts []Part
	at := 0
	for at < len(src.Text) {
		start := nextMagic(src.Text, at)
		if strings.TrimSpace(src.Text[at:start]) != "" {
			parts = append(parts, Part{Code: src.only(at, start), start: at, end: start})
		}
		if start == len(src.Text) {
			break
		}
		end := lineEnd(src.Text, start)
		m := newMagic(src.Text, start, end)
		if m.takesCell(len(parts) == 0) {
			return append(parts, Part{Magic: m, Code: src.only(end, len(src.Text)), start: end, end: len(src.Text)})
		}
		parts = append(parts, Part{Magic: m})
		at = end
	}
	return parts
}

// only blanks all of a cell but one stretch.
func (s Source) only(start, end int) Source {
	return Source{Number: s.Number, Text: blank(s.Text[:start]) + s.Text[start:end], Whole: s.whole()}
}

// blank keeps a text's lines and their lengths.
func blank(text string) string {
	b := []byte(text)
	for i, c := range b {
		if c != '\n' {
			b[i] = ' '
		}
	}
	return string(b)
}

// Code gives the magic's arguments as Go, on their own line and in their own column.
func (m *Magic) Code(src Source) Source { return src.only(m.Start, m.Start+len(m.Args)) }

// withoutMagics turns the lines that are for the kernel into comments of the same length.
func withoutMagics(text string) string {
	var b strings.Builder
	for _, p := range Parts(Source{Text: text}) {
		if p.end > p.start {
			b.WriteString(commented(text[b.Len():p.start]) + text[p.start:p.end])
		}
	}
	return b.String() + commented(text[b.Len():])
}

func commented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if len(line) > 2 && line[1] < utf8.RuneSelf {
			line = "//" + line[2:]
		} else {
			line = blank(line)
		}
		b.WriteString(line)
	}
	return b.String()
}

func mayHoldMagic(text string) bool {
	for line := range strings.Lines(text) {
		if startsMagic(strings.TrimLeft(line, " \t")) {
			return true
		}
	}
	return false
}

func startsMagic(line string) bool {
	return strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!") && !strings.HasPrefix(line, "!=")
}

// nextMagic finds the first magic at or behind an offset at which a line begins; the text's length when there is none.
func nextMagic(text string, from int) int {
	var s scanner.Scanner
	rest := text[from:]
	file := token.NewFileSet().AddFile("", -1, len(rest))
	s.Init(file, []byte(rest), func(token.Position, string) {}, 0)
	depth, ended := 0, true
	for {
		pos, tok, _ := s.Scan()
		at := from + file.Offset(pos)
		if tok == token.EOF {
			return len(text)
		}
		if ended && depth <= 0 && (tok == token.REM || tok == token.NOT || tok == token.REM_ASSIGN) && firstOnLine(text, at) {
			return at
		}
		switch tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		}
		ended = tok == token.SEMICOLON
	}
}

func firstOnLine(text string, at int) bool {
	return strings.TrimSpace(text[strings.LastIndexByte(text[:at], '\n')+1:at]) == ""
}

// lineEnd is the offset behind a magic's line, which a backslash at its end continues.
func lineEnd(text string, at int) int {
	for {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return len(text)
		}
		at += n + 1
		if !strings.HasSuffix(strings.TrimRight(text[:at-1], "\r"), "\\") {
			return at
		}
	}
}

func newMagic(text string, start, end int) *Magic {
	line := strings.TrimRight(text[start:end], " \t\r\n")
	m := &Magic{Name: "!", Line: 1 + strings.Count(text[:start], "\n")}
	rest := line[1:]
	if line[0] == '%' {
		m.Name = rest
		if i := strings.IndexAny(strings.TrimLeft(rest, "%"), " \t"); i >= 0 {
			i += len(rest) - len(strings.TrimLeft(rest, "%"))
			m.Name, rest = rest[:i], rest[i:]
		} else {
			rest = ""
		}
	}
	m.Args = strings.TrimLeft(rest, " \t")
	m.Start = start + len(line) - len(strings.TrimLeft(rest, " \t"))
	return m
}

// takesCell reports, and notes, that a magic is about the rest of the cell.
func (m *Magic) takesCell(first bool) bool {
	name, doubled := strings.CutPrefix(m.Name, "%")
	m.Name = name
	m.Whole = doubled || first && m.Args == "" && (name == "time" || name == "timeit")
	return m.Whole
}
