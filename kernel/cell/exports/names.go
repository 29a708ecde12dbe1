package exports

import (
	"cmp"
	"slices"
	"strings"
)

// preferred holds the paths that a bare package name stands for where the general rule would pick another.
//
// math/rand/v2 is the random package of this Go, and the one whose sources gonum takes. text/template and
// text/scanner are the general members of their pairs. A palette colours a plot, where image/color's has only the
// lists of old web browsers, and a constant is nature's rather than that of a Go parser.
var preferred = map[string][]string{
	"rand":     {"math/rand/v2", "math/rand", "crypto/rand"},
	"template": {"text/template", "html/template"},
	"scanner":  {"text/scanner", "go/scanner"},
	"palette":  {"gonum.org/v1/plot/palette", "image/color/palette"},
	"constant": {"gonum.org/v1/gonum/unit/constant", "go/constant"},
	"pprof":    {"runtime/pprof", "net/http/pprof"},
}

// ByName returns the import paths that a bare package name may stand for, the likeliest first. Two packages can
// share a name, and the name's use can tell them apart: rand.NewSource is only in math/rand, so the first
// candidate that declares the selected name is the one meant. Unless preferred says otherwise the standard
// library comes before gonum, and a shorter path before a longer one.
func (im *Importer) ByName(name string) []string {
	if name == "unsafe" {
		return []string{"unsafe"}
	}
	ix, _ := catalogue()
	var found []string
	for _, p := range ix.paths {
		if ix.entries[p].name == name {
			found = append(found, p)
		}
	}
	rank := preferred[name]
	slices.SortFunc(found, func(a, b string) int {
		return cmp.Or(
			cmp.Compare(order(rank, a), order(rank, b)),
			cmp.Compare(origin(a), origin(b)),
			cmp.Compare(strings.Count(a, "/"), strings.Count(b, "/")),
			cmp.Compare(a, b))
	})
	return found
}

// order is the place of path in a list, and past its end when it is not there.
func order(list []string, path string) int {
	if i := slices.Index(list, path); i >= 0 {
		return i
	}
	return len(list)
}

// origin is 0 for the standard library, 1 for gonum, 2 for gonum/plot, and 3 for all else.
func origin(path string) int {
	switch first, _, _ := strings.Cut(path, "/"); {
	case !strings.Contains(first, ".") && first != "scorebook":
		return 0
	case strings.HasPrefix(path, "gonum.org/v1/gonum/"):
		return 1
	case strings.HasPrefix(path, "gonum.org/v1/plot"):
		return 2
	default:
		return 3
	}
}
