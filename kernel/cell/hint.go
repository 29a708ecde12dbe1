package cell

import (
	"fmt"
	"go/types"
	"regexp"
	"strings"
)

var (
	undefined = regexp.MustCompile(`^undefined: ([\pL_][\pL\pN_]*)$`)
	notMember = regexp.MustCompile(`^undefined: ([\pL_][\pL\pN_]*)\.([\pL_][\pL\pN_]*)$`)
	noField   = regexp.MustCompile(`type .* has no field or method ([\pL_][\pL\pN_]*)`)
	inMain    = regexp.MustCompile(`\bmain\.`)
	internal  = regexp.MustCompile(`ǃ([\pL_][\pL_]*)\d+`)
)

// plainWords takes the front end's own names out of a message.
func plainWords(msg string) string {
	return inMain.ReplaceAllString(internal.ReplaceAllString(msg, "$1"), "")
}

// errorName sorts go/types' messages the way Python users know them.
func errorName(msg string) string {
	if undefined.MatchString(msg) || notMember.MatchString(msg) {
		return "NameError"
	}
	return "TypeError"
}

// hint says what to try, where something sensible can be said.
func (ck *checking) hint(msg string) string {
	if m := undefined.FindStringSubmatch(msg); m != nil {
		return didYouMean(m[1], ck.visible())
	}
	if m := notMember.FindStringSubmatch(msg); m != nil {
		if path, ok := ck.scope.path(ck.scope.names, m[1]); ok {
			if p, err := ck.scope.importer.Import(path); err == nil {
				return didYouMean(m[2], exported(p))
			}
		}
	}
	if m := noField.FindStringSubmatch(msg); m != nil {
		if i := strings.Index(msg, "but does have"); i >= 0 {
			return ""
		}
		return "Tab after the dot lists its fields and methods"
	}
	switch {
	case strings.Contains(msg, "mismatched types"):
		return "convert one side, as in float64(n)"
	case strings.HasPrefix(msg, "initialization cycle"):
		return "declare the variable first (var f func(…) …) and assign it in the next statement"
	}
	return ""
}

// visible lists the names a cell can use without a dot.
func (ck *checking) visible() []string {
	out := append([]string(nil), types.Universe.Names()...)
	out = append(out, ck.seg.Pkg.Scope().Names()...)
	for name := range ck.scope.names.objects {
		out = append(out, name)
	}
	if p := ck.scope.prelude; p != nil {
		out = append(out, exported(p)...)
	}
	return out
}

func exported(p *types.Package) (out []string) {
	for _, name := range p.Scope().Names() {
		if o := p.Scope().Lookup(name); o.Exported() {
			out = append(out, name)
		}
	}
	return out
}

// DidYouMean suggests the nearest of some names, in words, or is "".
func DidYouMean(name string, among []string) string { return didYouMean(name, among) }

// didYouMean suggests the nearest name, if one is near: a third of its letters may differ.
func didYouMean(name string, among []string) string {
	best, bestAt := "", len([]rune(name))/3+1
	for _, cand := range among {
		if strings.HasPrefix(cand, "ǃ") || cand == name {
			continue
		}
		d := distance(strings.ToLower(name), strings.ToLower(cand))
		if d < bestAt || d == bestAt && best != "" && cand < best {
			best, bestAt = cand, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %s?", best)
}

// distance is the least number of letters to insert, delete, replace or swap with a neighbour.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	d := make([][]int, len(x)+1)
	for i := range d {
		d[i] = make([]int, len(y)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(x)][len(y)]
}
