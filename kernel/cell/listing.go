package cell

import (
	"cmp"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Completions come in tiers, the nearest names first; a value of the type that is wanted, and a word typed with
// the right capitals, go before their tier.
const (
	tierKey = iota
	tierLocal
	tierSession
	tierPrelude
	tierImported
	tierUniverse
	tierKeyword
	tierPackage
)

// tierMember and up rank what follows a dot by how deep it is embedded.
const (
	tierMember  = tierKey
	deepestTier = tierMember + 3
)

// A listing gathers completions of one word.
type listing struct {
	sight *sight
	word  string
	want  types.Type // nil when nothing is known
	found []candidate
	seen  map[string]bool
}

type candidate struct {
	Match
	tier  int
	order int // within the tier, before the alphabet
	fits  bool
	exact bool // begins with the word, capitals and all
}

func (l *listing) add(tier int, o types.Object) { l.addAt(tier, 0, o) }

func (l *listing) addAt(tier, order int, o types.Object) {
	if !l.begins(o.Name()) {
		return
	}
	m := Match{Text: o.Name(), Kind: kindOfObject(o), Signature: l.sight.scope.brief(o)}
	l.insert(candidate{Match: m, tier: tier, order: order, fits: fits(o, l.want)})
}

func (l *listing) addText(tier int, text, kind, signature string) {
	if l.begins(text) {
		l.insert(candidate{Match: Match{text, kind, signature}, tier: tier})
	}
}

func (l *listing) begins(name string) bool {
	return len(name) >= len(l.word) && strings.EqualFold(name[:len(l.word)], l.word)
}

// insert keeps the first of several things of one name: the nearer hides the others.
func (l *listing) insert(c candidate) {
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	if l.seen[c.Text] {
		return
	}
	l.seen[c.Text] = true
	c.exact = strings.HasPrefix(c.Text, l.word)
	l.found = append(l.found, c)
}

func (l *listing) ranked() []Match {
	slices.SortFunc(l.found, func(a, b candidate) int {
		return cmp.Or(
			-compareBool(a.exact, b.exact),
			-compareBool(a.fits, b.fits),
			cmp.Compare(a.tier, b.tier),
			cmp.Compare(a.order, b.order),
			cmp.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)),
			cmp.Compare(a.Text, b.Text))
	})
	matches := make([]Match, len(l.found))
	for i, c := range l.found {
		matches[i] = c.Match
	}
	return matches
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// fits reports whether a name, or what its call yields, can be used where want is asked for.
func fits(o types.Object, want types.Type) bool {
	if want == nil || o.Type() == nil {
		return false
	}
	switch o := o.(type) {
	case *types.Var, *types.Const:
		return types.AssignableTo(o.Type(), want)
	case *types.Func:
		sig := o.Signature()
		return sig.TypeParams() == nil && (types.AssignableTo(sig, want) ||
			sig.Results().Len() == 1 && !types.IsInterface(want) && types.AssignableTo(sig.Results().At(0).Type(), want))
	case *types.TypeName:
		return types.Identical(o.Type(), want)
	}
	return false
}

// kindOfObject names the sort of thing for a list of completions.
func kindOfObject(o types.Object) string {
	switch o := o.(type) {
	case *types.Const:
		return "constant"
	case *types.Var:
		if o.IsField() {
			return "field"
		}
		return "variable"
	case *types.Func:
		if o.Signature().Recv() != nil {
			return "method"
		}
		return "function"
	case *types.TypeName:
		return "type"
	case *types.PkgName:
		return "package"
	case *types.Builtin:
		return "function"
	}
	return "constant" // nil
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// packageName guesses a package's name from its path; ByName knows whether it is right.
func packageName(p string) string {
	if base := path.Base(p); !majorVersion.MatchString(base) {
		return base
	}
	return path.Base(path.Dir(p))
}
