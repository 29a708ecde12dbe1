package cell

import (
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// mostFiles bounds a list of files.
const mostFiles = 200

// completeString completes inside a string: import paths in an import declaration, else files. The spot it
// returns is that of the part to replace.
func (s *Scope) completeString(sp spot) (spot, []Match) {
	if inImport(sp.toks) {
		l := listing{word: sp.word}
		for _, p := range s.importer.Paths() {
			l.addText(tierPackage, p, "package", "")
		}
		return sp, l.ranked()
	}
	cut := strings.LastIndexByte(sp.word, '/') + 1
	sp.start += cut
	return sp, files(sp.word[:cut], sp.word[cut:])
}

// inImport reports whether the tokens, the last of them the open string, are in an import declaration.
func inImport(toks []lexeme) bool {
	newLine := false
	for i := len(toks) - 2; i >= 0; i-- {
		switch toks[i].tok {
		case token.SEMICOLON:
			newLine = true
		case token.STRING, token.IDENT, token.PERIOD, token.COMMENT:
		case token.LPAREN:
			return i > 0 && toks[i-1].tok == token.IMPORT
		default:
			return toks[i].tok == token.IMPORT && !newLine
		}
	}
	return false
}

// files lists what in a folder begins with name; folders end in a slash, and dot files must be asked for.
func files(dir, name string) []Match {
	if dir == "" {
		dir = "."
	}
	entries, err := os.ReadDir(filepath.FromSlash(dir))
	if err != nil {
		return []Match{}
	}
	matches := []Match{}
	for _, e := range entries {
		n := e.Name()
		if !strings.HasPrefix(n, name) || strings.HasPrefix(n, ".") && !strings.HasPrefix(name, ".") {
			continue
		}
		if info, err := os.Stat(filepath.Join(dir, n)); err == nil && info.IsDir() {
			n += "/"
		}
		if matches = append(matches, Match{Text: n, Kind: "path"}); len(matches) == mostFiles {
			break
		}
	}
	return matches
}
