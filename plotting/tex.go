package plotting

import (
	"strings"
	"unicode"
)

// Labels may be written in Unicode or in the part of TeX that axis labels need: Greek letters and signs by name
// (\sigma, \nabla, \langle), accents (\dot x, \tilde{x}), indices and powers (x_1, \Phi_{ij}, 10^{-3}). Dollar signs in pairs
// are dropped. A name such as wind_speed is no mathematics and stays as it is.

// commands are the signs that have a name.
var commands = func() map[string]string {
	m := map[string]string{}
	greek := strings.Fields("alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν " +
		"xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π " +
		"Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω")
	signs := strings.Fields("partial ∂ nabla ∇ infty ∞ cdot · times × pm ± approx ≈ propto ∝ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ to → " +
		"rightarrow → langle ⟨ rangle ⟩ int ∫ sum ∑ prod ∏ sqrt √ in ∈ ell ℓ circ ° prime ′ | ‖ Vert ‖ ldots … dots …")
	for _, list := range [][]string{greek, signs} {
		for i := 0; i < len(list); i += 2 {
			m[list[i]] = list[i+1]
		}
	}
	for _, space := range []string{",", ";", ":", " ", "quad"} {
		m[space] = " "
	}
	for _, nothing := range []string{"!", "left", "right", "mathrm", "mathbf", "mathit", "text", "rm", "bf", "it"} {
		m[nothing] = ""
	}
	for _, itself := range []string{"{", "}", "$", "_", "%", "&", "#"} {
		m[itself] = itself
	}
	for _, name := range []string{"log", "ln", "exp", "sin", "cos", "tan", "max", "min"} {
		m[name] = name
	}
	return m
}()

// marksOver are the accents that have a name, as combining signs.
var marksOver = map[string]rune{
	"dot": '\u0307', "ddot": '\u0308', "tilde": '\u0303', "hat": '\u0302', "bar": '\u0304', "overline": '\u0305',
}

// letter is a character of a label and whether it is raised (+1) or lowered (−1).
type letter struct {
	r      rune
	script int
	roman  bool // upright by command
}

// letters reads a label.
func letters(line string) []letter {
	if strings.Count(line, "$")-strings.Count(line, `\$`) >= 2 {
		line = strings.ReplaceAll(strings.ReplaceAll(line, `\$`, "\x00"), "$", "")
		line = strings.ReplaceAll(line, "\x00", `\$`)
	}
	var out []letter
	runes := []rune(line)
	for i := 0; i < len(runes); {
		switch r := runes[i]; {
		case r == '\\':
			var found []letter
			found, i = command(runes, i)
			out = append(out, found...)
			continue
		case (r == '_' || r == '^') && i+1 < len(runes):
			if inner, next, ok := script(runes, i); ok {
				way := map[rune]int{'_': -1, '^': +1}[r]
				for _, s := range letters(string(inner)) {
					out = append(out, letter{s.r, way, s.roman})
				}
				i = next
				continue
			}
		}
		out = append(out, letter{r: runes[i]})
		i++
	}
	return out
}

// command reads the name after the backslash at i, and gives what it stands for; a name that means nothing stays.
func command(runes []rune, i int) (found []letter, next int) {
	next = i + 1
	for next < len(runes) && unicode.IsLetter(runes[next]) && runes[next] < unicode.MaxASCII {
		next++
	}
	if next == i+1 && next < len(runes) {
		next++ // a sign such as \{
	}
	name := string(runes[i+1 : next])
	if mark, ok := marksOver[name]; ok {
		for next < len(runes) && runes[next] == ' ' {
			next++
		}
		inner, after := group(runes, next)
		for _, s := range letters(string(inner)) {
			found = append(found, s, letter{r: mark})
		}
		return found, after
	}
	text, ok := commands[name]
	if !ok {
		return []letter{{r: '\\'}}, i + 1
	}
	named := name != "" && unicode.IsLetter(rune(name[0]))
	if name == "sqrt" && next < len(runes) && runes[next] == '{' {
		inner, after := group(runes, next)
		if len(inner) > 1 {
			inner = append(append([]rune{'('}, inner...), ')')
		}
		return append([]letter{{r: '√'}}, letters(string(inner))...), after
	}
	if text == "" && next < len(runes) && runes[next] == '{' {
		inner, after := group(runes, next)
		found = letters(string(inner))
		for k := range found {
			found[k].roman = true
		}
		return found, after
	}
	if named && next < len(runes) && runes[next] == ' ' && (next+1 >= len(runes) || !isWord(text) || !unicode.IsLetter(runes[next+1])) {
		next++ // the space ends the name
	}
	for _, r := range text {
		found = append(found, letter{r: r})
	}
	return found, next
}

// group is what stands in braces at i, or the one character or command there.
func group(runes []rune, i int) (inner []rune, next int) {
	if i >= len(runes) {
		return nil, i
	}
	if runes[i] == '\\' {
		_, next = command(runes, i)
		return runes[i:next], next
	}
	if runes[i] != '{' {
		return runes[i : i+1], i + 1
	}
	depth := 0
	for k := i; k < len(runes); k++ {
		switch runes[k] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return runes[i+1 : k], k + 1
			}
		}
	}
	return runes[i+1:], len(runes)
}

// script reads the index or power whose mark is at i. Without braces it is a number, a word or a command, and an index
// belongs to a letter that stands alone; so the names of columns keep their underscores.
func script(runes []rune, i int) (inner []rune, next int, ok bool) {
	if i == 0 || runes[i-1] == ' ' {
		return nil, i, false
	}
	if runes[i+1] == '{' || runes[i+1] == '\\' {
		inner, next = group(runes, i+1)
		return inner, next, len(inner) > 0
	}
	next = i + 1
	if runes[i] == '^' && (runes[next] == '-' || runes[next] == '−' || runes[next] == '+') {
		next++
	}
	for next < len(runes) && (unicode.IsLetter(runes[next]) || unicode.IsDigit(runes[next])) {
		next++
	}
	word := func(k int) bool {
		return k >= 0 && k < len(runes) && (unicode.IsLetter(runes[k]) || unicode.IsDigit(runes[k]) || runes[k] == '_')
	}
	lone := runes[i] == '^' || !word(i-1) || !word(i-2)
	if !lone && followsCommand(runes, i) {
		lone = true
	}
	return runes[i+1 : next], next, next > i+1 && lone && !(runes[i] == '_' && next < len(runes) && runes[next] == '_')
}

// followsCommand reports whether the letters before i are the name of a sign.
func followsCommand(runes []rune, i int) bool {
	from := i
	for from > 0 && unicode.IsLetter(runes[from-1]) {
		from--
	}
	_, ok := commands[string(runes[from:i])]
	return ok && from > 0 && runes[from-1] == '\\'
}

// isWord reports whether a text begins with a letter.
func isWord(text string) bool {
	for _, r := range text {
		return unicode.IsLetter(r)
	}
	return false
}
