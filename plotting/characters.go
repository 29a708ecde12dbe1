package plotting

import "unicode"

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
	runes := []rune(line)
	out := make([]character, len(runes))
	for i, r := range runes {
		if c, ok := scripts[r]; ok {
			out[i] = c
			continue
		}
		out[i] = character{r: r, face: f}
		if r == '-' && numeric(runes, i) {
			out[i].r = '−'
		}
		if alone(runes, i) {
			out[i].face = italic
		}
	}
	return out
}

// numeric reports whether the hyphen at i is a sign before a number.
func numeric(runes []rune, i int) bool {
	digit := i+1 < len(runes) && unicode.IsDigit(runes[i+1])
	return digit && (i == 0 || !unicode.IsLetter(runes[i-1]) && !unicode.IsDigit(runes[i-1]))
}

// alone reports whether the sign at i is a letter with no letter or digit beside it, and so a variable. Capital Greek
// stands upright, and so does the article.
func alone(runes []rune, i int) bool {
	r := runes[i]
	if !unicode.IsLetter(r) || unicode.Is(unicode.Greek, r) && unicode.IsUpper(r) {
		return false
	}
	if (r == 'a' || r == 'A') && i+3 < len(runes) && runes[i+1] == ' ' && unicode.IsLetter(runes[i+2]) && unicode.IsLetter(runes[i+3]) {
		return false
	}
	beside := func(j int) bool {
		if j < 0 || j >= len(runes) {
			return false
		}
		_, script := scripts[runes[j]]
		operator := unicode.Is(unicode.Greek, runes[j]) && unicode.IsUpper(runes[j])
		return !script && !operator && (unicode.IsLetter(runes[j]) || unicode.IsDigit(runes[j]))
	}
	next := i + 1
	for next < len(runes) && accents[runes[next]] != 0 {
		next++
	}
	return !beside(i-1) && !beside(next)
}
