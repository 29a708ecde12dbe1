package plotting

import (
	"strings"
	"unicode"
)

// character is one sign of a line with the way it is set.
type character struct {
	r      rune
	face   face
	script int // +1 raised, −1 lowered
}

// scripts maps the Unicode sub- and superscripts to what they stand for, so that all of them look alike whether or
// not a font has them.
var scripts = func() map[rune]character {
	m := map[rune]character{}
	for script, pair := range map[int][2][]rune{
		-1: {[]rune("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"), []rune("0123456789+−=()aehijklmnoprstuvx")},
		+1: {[]rune("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᴰᵏᵐ"), []rune("0123456789+−=()niTDkm")},
	} {
		for i, r := range pair[0] {
			c := character{r: pair[1][i], script: script}
			if unicode.IsLower(c.r) {
				c.face = italic
			}
			m[r] = c
		}
	}
	return m
}()

// accents maps combining marks to signs that stand by themselves, to be centred over the letter before.
var accents = map[rune]rune{'\u0300': '`', '\u0302': 'ˆ', '\u0303': '˜', '\u0304': '¯', '\u0307': '˙', '\u0308': '¨', '\u0305': '¯'}

// characters decides how each sign of a line is set: words in f, letters standing alone as mathematics.
func characters(line string, f face) []character {
	read := letters(line)
	out := make([]character, len(read))
	for i, s := range read {
		if c, ok := scripts[s.r]; ok {
			out[i] = c
			continue
		}
		out[i] = character{r: s.r, face: f, script: s.script}
		if s.r == '-' && (s.script != 0 && !lettered(read, i-1) || numeric(read, i)) {
			out[i].r = '−'
		}
		if !s.roman && alone(read, i) && !unit(read, i) && !bracketed(read, i) {
			out[i].face = italic
		}
	}
	return out
}

// lettered reports whether a letter stands at i.
func lettered(read []letter, i int) bool {
	return i >= 0 && i < len(read) && unicode.IsLetter(read[i].r)
}

// numeric reports whether the hyphen at i is a sign before a number.
func numeric(read []letter, i int) bool {
	digit := i+1 < len(read) && unicode.IsDigit(read[i+1].r)
	return digit && (i == 0 || !lettered(read, i-1) && !unicode.IsDigit(read[i-1].r))
}

// unit reports whether the letter at i is the unit of "time, s" or "time in s".
func unit(read []letter, i int) bool {
	r := read[i].r
	if r > unicode.MaxASCII || i+1 < len(read) && (lettered(read, i+1) || read[i+1].r == '(' || read[i+1].script != 0 || read[i+1].r == ',') {
		return false
	}
	if _, index := scripts[following(read, i)]; index {
		return false
	}
	comma := i >= 4 && read[i-1].r == ' ' && read[i-2].r == ',' && lettered(read, i-3) && lettered(read, i-4)
	in := i >= 6 && read[i-1].r == ' ' && read[i-2].r == 'n' && read[i-3].r == 'i' && read[i-4].r == ' ' && lettered(read, i-5) && lettered(read, i-6)
	return comma || in
}

// units are the letters that alone in brackets behind a word are a unit.
const units = "smhgKCNJWVAT"

// bracketed reports whether the letter at i belongs to the unit of "speed (m/s)", "time (s)" or "temperature (°C)".
func bracketed(read []letter, i int) bool {
	open, end := i, i
	for open > 0 && read[open].r != '(' {
		open--
	}
	for end < len(read)-1 && read[end].r != ')' {
		end++
	}
	if open < 3 || read[open].r != '(' || read[end].r != ')' || read[open-1].r != ' ' || !lettered(read, open-2) || !lettered(read, open-3) {
		return false
	}
	if end == open+2 {
		return strings.ContainsRune(units, read[i].r)
	}
	sure := false
	for _, l := range read[open+1 : end] {
		if !unicode.IsLetter(l.r) && !unicode.IsDigit(l.r) && !strings.ContainsRune("/°·- ", l.r) && l.script == 0 {
			return false
		}
		sure = sure || l.r == '/' || l.r == '°'
	}
	return sure
}

// following is the sign after i, or none.
func following(read []letter, i int) rune {
	if i+1 < len(read) {
		return read[i+1].r
	}
	return 0
}

// alone reports whether the sign at i is a letter with no letter or digit beside it on its line, and so a variable. Capital
// Greek stands upright, and so does the article.
func alone(read []letter, i int) bool {
	r := read[i].r
	if !unicode.IsLetter(r) || unicode.Is(unicode.Greek, r) && unicode.IsUpper(r) {
		return false
	}
	if (r == 'a' || r == 'A') && i+3 < len(read) && read[i+1].r == ' ' && lettered(read, i+2) && lettered(read, i+3) {
		return false
	}
	beside := func(j int) bool {
		if j < 0 || j >= len(read) || read[j].script != read[i].script {
			return false
		}
		_, script := scripts[read[j].r]
		operator := unicode.Is(unicode.Greek, read[j].r) && unicode.IsUpper(read[j].r)
		return !script && !operator && (unicode.IsLetter(read[j].r) || unicode.IsDigit(read[j].r) || read[j].r == '_')
	}
	next := i + 1
	for next < len(read) && accents[read[next].r] != 0 {
		next++
	}
	return !beside(i-1) && !beside(next)
}
