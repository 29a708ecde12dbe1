package cell

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
)

// A sight is what can be made out of a cell that need not be right: its faults are passed over, chunk by chunk,
// and the session stays as it is.
type sight struct {
	scope  *Scope
	names  names // the session's and the cell's own
	places []placed
	segs   []*Segment
}

// placed says where a chunk's text went in the file set.
type placed struct {
	start, end int
	base       token.Pos
}

// placeholder stands for the word at the cursor. No user's name begins with ǃ.
const placeholder = "ǃǃ"

// lookAt sees a whole cell.
func (s *Scope) lookAt(text string) *sight { return s.see(text, split(text)) }

// lookUpTo sees a cell whose text is cut at sp: word takes the place of what is there, what is open is closed, and
// the declarations and statements below the cut ones are kept.
func (s *Scope) lookUpTo(text string, sp spot, word string) *sight {
	cut := text[:sp.start] + word
	chunks := split(cut)
	last := len(chunks) - 1
	end := closers(cut[chunks[last].start:])
	if startsCall(sp.toks) {
		end = "()" + end
	}
	for _, c := range split(cut + text[sp.cursor:]) {
		if c.start >= len(cut) {
			chunks = append(chunks, chunk{c.kind, c.start + len(end), c.end + len(end)})
		}
	}
	chunks[last].end += len(end)
	cut += end + text[sp.cursor:]
	return s.see(cut, chunks)
}

func (s *Scope) see(text string, chunks []chunk) *sight {
	quiet := *s
	quiet.fset = token.NewFileSet()
	quiet.fset.AddFile("", s.fset.Base(), 0) // keeps positions apart from those of the session's objects
	v := &sight{scope: &quiet}
	var pieces []piece
	for _, c := range chunks {
		if p, ok := v.parse(text, c); ok {
			pieces = append(pieces, p)
		}
	}
	v.check(pieces)
	return v
}

// parse is parseChunk with whatever the parser could make of it.
func (v *sight) parse(text string, c chunk) (piece, bool) {
	before, after := asDeclaration, "\n"
	if c.kind == statement || c.kind == varDecl {
		before, after = asStatement, "\n}"
	}
	if c.kind == packageClause {
		return piece{}, false
	}
	f, _ := parser.ParseFile(v.scope.fset, "", before+text[c.start:c.end]+after, parser.ParseComments|parser.AllErrors)
	if f == nil || len(f.Decls) == 0 {
		return piece{}, false
	}
	v.places = append(v.places, placed{c.start, c.end, f.FileStart + token.Pos(len(before))})
	p := piece{kind: c.kind, unresolved: map[string][]*ast.Ident{}}
	for _, id := range f.Unresolved {
		p.unresolved[id.Name] = append(p.unresolved[id.Name], id)
	}
	if before == asDeclaration {
		p.decl = f.Decls[0]
		return p, true
	}
	fn, ok := f.Decls[0].(*ast.FuncDecl)
	if !ok || fn.Body == nil {
		return piece{}, false
	}
	p.stmts = fn.Body.List
	return p, true
}

// check is Check without its complaints. Methods of earlier types are checked as functions and not added to them.
func (v *sight) check(pieces []piece) {
	s := v.scope
	c := &Checked{Fset: s.fset, names: s.names.clone()}
	for _, seg := range segments(pieces, c.names, false) {
		_ = s.takeImports(c, seg) // an import still being typed brings nothing yet
		seg.Pkg = types.NewPackage(MainPath, "main")
		file := &ast.File{Name: ast.NewIdent("main")}
		s.addImports(c, seg, file, mentions(seg))
		for _, f := range seg.Funcs {
			if base := ReceiverName(f); base != "" && !seg.decls[base] && c.names.objects[base] != nil {
				seg.Late = append(seg.Late, f)
			}
		}
		file.Decls = append(file.Decls, seg.declarations()...)
		ck := checking{scope: s, seg: seg}
		ck.run(file, seg.Pkg)
		_ = s.record(c, seg)
		v.segs = append(v.segs, seg)
	}
	v.names = c.names
}

// pos turns an offset in the seen text into a position; NoPos when it lies in no chunk.
func (v *sight) pos(offset int) token.Pos {
	for _, p := range v.places {
		if p.start <= offset && offset < p.end {
			return p.base + token.Pos(offset-p.start)
		}
	}
	return token.NoPos
}

// path finds the nodes that hold a position, outermost first, and the segment they are of.
func (v *sight) path(pos token.Pos) (*Segment, []ast.Node) {
	for _, seg := range v.segs {
		for _, p := range seg.pieces {
			if p.decl != nil {
				if ns := enclosing(p.decl, pos); ns != nil {
					return seg, ns
				}
			}
			for _, st := range p.stmts {
				if ns := enclosing(st, pos); ns != nil {
					return seg, ns
				}
			}
		}
	}
	return nil, nil
}

func enclosing(root ast.Node, pos token.Pos) (path []ast.Node) {
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || n.End() <= pos {
			return false
		}
		if _, comment := n.(*ast.CommentGroup); comment {
			return false
		}
		path = append(path, n)
		return true
	})
	return path
}

// innermost is the smallest local scope around a position, or that of the segment's package.
func innermost(seg *Segment, pos token.Pos) *types.Scope {
	best := seg.Pkg.Scope()
	for _, sc := range seg.Info.Scopes {
		if sc.Contains(pos) && (best == seg.Pkg.Scope() || sc.Pos() > best.Pos()) {
			best = sc
		}
	}
	return best
}

// local lists the names of the scopes between a position and the package that are declared by then.
func local(seg *Segment, pos token.Pos) (found []types.Object) {
	inner := innermost(seg, pos)
	for sc := inner; sc != nil && sc != seg.Pkg.Scope() && sc != types.Universe; sc = sc.Parent() {
		for _, name := range sc.Names() {
			at, o := inner.LookupParent(name, pos)
			if _, isPackage := o.(*types.PkgName); at == sc && !isPackage && !own(name) {
				found = append(found, o)
			}
		}
	}
	return found
}

// own reports whether a name is the front end's and no user's.
func own(name string) bool { return strings.HasPrefix(name, "ǃ") || name == "_" }

// typeOf is the type of an expression as far as it was found out, or nil.
func (seg *Segment) typeOf(e ast.Expr) types.Type {
	t := seg.Info.TypeOf(e)
	if t == nil || t == types.Typ[types.Invalid] {
		return nil
	}
	return t
}
