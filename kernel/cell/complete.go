package cell

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Complete lists what may stand at a cursor, which counts code points, the likeliest first: names in scope,
// fields, methods and members of packages after a dot, the keys of a struct literal, import paths, and files in a
// string. What the cell has before the cursor may be wrong or unfinished.
func (s *Scope) Complete(text string, cursor int) (found Completion) {
	sp := spotAt(text, byteOffset(text, cursor))
	end := runeOffset(text, sp.cursor)
	found = Completion{Matches: []Match{}, Start: end, End: end}
	defer func() {
		// The checker is not made for every half-written text; no completion is better than no kernel.
		if recover() != nil {
			found = Completion{Matches: []Match{}, Start: end, End: end}
		}
	}()
	if sp.dead {
		return found
	}
	if sp.quoted {
		sp, found.Matches = s.completeString(sp)
	} else {
		found.Matches = s.completeName(text, sp)
	}
	found.Start = runeOffset(text, sp.start)
	return found
}

func (s *Scope) completeName(text string, sp spot) []Match {
	v := s.lookUpTo(text, sp, placeholder)
	pos := v.pos(sp.start)
	seg, path := v.path(pos)
	l := listing{sight: v, word: sp.word}
	if sp.member {
		if sel := selector(path, pos); sel != nil {
			l.want = seg.expected(path, sel)
			l.members(seg, sel.X)
		}
		return l.ranked()
	}
	if seg != nil {
		if lit, keyed := keyPlace(path); lit != nil {
			st := seg.structIn(lit)
			if st != nil && (l.keys(text, sp, st, lit) || keyed) {
				return l.ranked()
			}
		}
		if n := len(path); n > 0 {
			if e, ok := path[n-1].(ast.Expr); ok {
				l.want = seg.expected(path, e)
			}
		}
		for _, o := range local(seg, pos) {
			l.add(tierLocal, o)
		}
	}
	l.everywhere()
	return l.ranked()
}

// selector is the selector whose name is being typed.
func selector(path []ast.Node, pos token.Pos) *ast.SelectorExpr {
	for i := len(path) - 1; i >= 0; i-- {
		if sel, ok := path[i].(*ast.SelectorExpr); ok && sel.Sel.Pos() == pos {
			return sel
		}
	}
	return nil
}

// members lists what may follow a dot.
func (l *listing) members(seg *Segment, x ast.Expr) {
	id, isName := x.(*ast.Ident)
	if isName {
		if pkg, ok := seg.Info.Uses[id].(*types.PkgName); ok {
			l.packageMembers(pkg.Imported())
			return
		}
	}
	if t := seg.typeOf(x); t != nil {
		isType := seg.Info.Types[x].IsType()
		for _, m := range membersOf(t, !isType) {
			l.addAt(min(tierMember+m.depth, deepestTier), m.order, m.object)
		}
		return
	}
	if isName && l.sight.scope.find(l.sight.names, id.Name) == nil {
		if path, ok := l.sight.scope.path(l.sight.names, id.Name); ok {
			if p, err := l.sight.scope.importer.Import(path); err == nil {
				l.packageMembers(p)
			}
		}
	}
}

func (l *listing) packageMembers(p *types.Package) {
	for _, name := range p.Scope().Names() {
		if token.IsExported(name) {
			l.add(tierMember, p.Scope().Lookup(name))
		}
	}
}

// everywhere lists the names that need no dot: the cell's, the session's, the prelude's, Go's own, and packages.
func (l *listing) everywhere() {
	s := l.sight.scope
	for name, o := range l.sight.names.objects {
		if !own(name) {
			l.add(tierSession, o)
		}
	}
	if s.prelude != nil {
		for _, name := range exported(s.prelude) {
			l.add(tierPrelude, s.prelude.Scope().Lookup(name))
		}
	}
	for _, path := range l.sight.names.dots {
		if p, err := s.importer.Import(path); err == nil {
			for _, name := range exported(p) {
				l.add(tierPrelude, p.Scope().Lookup(name))
			}
		}
	}
	for name, path := range l.sight.names.imports {
		l.addText(tierImported, name, "package", path)
	}
	for _, name := range types.Universe.Names() {
		l.add(tierUniverse, types.Universe.Lookup(name))
	}
	if l.word == "" {
		return
	}
	for t := token.BREAK; t <= token.VAR; t++ {
		l.addText(tierKeyword, t.String(), "keyword", "")
	}
	for _, path := range s.importer.Paths() {
		name := packageName(path)
		if !l.begins(name) {
			continue
		}
		if ps := s.importer.ByName(name); len(ps) > 0 && ps[0] == path {
			l.addText(tierPackage, name, "package", path)
		}
	}
}
