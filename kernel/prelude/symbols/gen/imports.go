package main

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// imports gives each imported path a name of its own within a file. The names that differ from the package's
// own are written out.
type imports map[string]importName

type importName struct{ name, own string }

// qualify returns the name by which a file knows a package, and imports it.
func (im imports) qualify(p *types.Package) string {
	if n, ok := im[p.Path()]; ok {
		return n.name
	}
	name := p.Name()
	for n := 2; im.taken(name); n++ {
		name = fmt.Sprintf("%s%d", p.Name(), n)
	}
	im[p.Path()] = importName{name, p.Name()}
	return name
}

func (im imports) taken(name string) bool {
	for _, n := range im {
		if n.name == name {
			return true
		}
	}
	return false
}

func (im imports) text() string {
	var b strings.Builder
	b.WriteString("import (\n")
	for _, path := range slices.Sorted(maps.Keys(im)) {
		if n := im[path]; n.name != n.own {
			b.WriteString(n.name + " ")
		}
		fmt.Fprintf(&b, "%q\n", path)
	}
	b.WriteString(")\n")
	return b.String()
}
