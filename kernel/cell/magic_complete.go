package cell

import "strings"

// CompleteMagic completes on a magic's line, whose names it is given: the name, the path after %cd, what stands in
// a command. ok is false where Go is to be completed: text is then the cell without its magics, at the same
// offsets.
func CompleteMagic(text string, cursor int, names []Match) (found Completion, rest string, ok bool) {
	at := byteOffset(text, cursor)
	m := magicAt(text, at)
	if m == nil {
		return Completion{}, withoutMagics(text), false
	}
	start := strings.LastIndexByte(text[:at], '\n') + 1
	line := text[start:at]
	word := line[strings.LastIndexAny(line, " \t!%=\"'")+1:]
	switch {
	case strings.HasPrefix(strings.TrimSpace(line), "%") && !strings.ContainsAny(strings.TrimSpace(line), " \t"):
		for _, n := range names {
			if strings.HasPrefix(n.Text, "%"+word) {
				found.Matches = append(found.Matches, n)
			}
		}
		at -= len(word) + 1
	case m.Name == "!" || m.Name == "cd":
		cut := strings.LastIndexByte(word, '/') + 1
		found.Matches = files(word[:cut], word[cut:])
		at -= len(word) - cut
	case m.Name == "time" || m.Name == "timeit":
		return Completion{}, m.Code(Source{Text: text}).Text, false
	}
	found.Start, found.End = runeOffset(text, at), cursor
	return found, text, true
}

// magicAt is the magic on whose line an offset stands, or nil.
func magicAt(text string, at int) *Magic {
	line := 1 + strings.Count(text[:at], "\n")
	for _, p := range Parts(Source{Text: text}) {
		if p.Magic != nil && p.Magic.Line == line {
			return p.Magic
		}
	}
	return nil
}
