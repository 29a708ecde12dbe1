package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// A function may speak of names that a later cell will declare. One in a cell that declares and does nothing else
// waits for them: it exists, calling it says what it needs, and it is checked again as soon as a cell declares that.

// waiting is a function that waits.
type waiting struct {
	decl    *ast.FuncDecl
	missing []string
	source  Source
}

// funcKey tells the functions and methods of a session apart.
func funcKey(f *ast.FuncDecl) string {
	if base := ReceiverName(f); base != "" {
		return base + "." + f.Name.Name
	}
	return f.Name.Name
}

// revive takes those functions into the segment whose missing names it declares.
func (seg *Segment) revive(s *Scope, n names) {
	declared := map[string]bool{}
	for _, f := range seg.Funcs {
		declared[funcKey(f)] = true
	}
	for _, key := range slices.Sorted(maps.Keys(n.waiting)) {
		w := n.waiting[key]
		ready := slices.ContainsFunc(w.missing, func(name string) bool { return seg.decls[name] })
		for _, name := range w.missing {
			ready = ready && (seg.decls[name] || s.find(n, name) != nil)
		}
		if !ready || declared[key] || w.decl.Recv == nil && seg.decls[w.decl.Name.Name] {
			continue
		}
		seg.revived = append(seg.revived, w)
		seg.Funcs = append(seg.Funcs, w.decl)
		seg.pieces = append(seg.pieces, piece{kind: funcDecl, decl: w.decl})
		if w.decl.Recv == nil {
			seg.decls[w.decl.Name.Name] = true
		}
	}
}

// dismiss takes revived functions out again that do not check, each with a notice, and reports whether there were
// any.
func (seg *Segment) dismiss(c *Checked, ck *checking) bool {
	found := false
	for _, w := range slices.Clone(seg.revived) {
		i := slices.IndexFunc(ck.errs, func(e types.Error) bool { return holds(w.decl, e) })
		if i < 0 {
			continue
		}
		found = true
		at := ck.scope.fset.Position(ck.errs[i].Pos)
		c.Notices = append(c.Notices, Diagnostic{Cell: w.source.Number, Line: at.Line, Column: at.Column,
			Message: funcKey(w.decl) + " still cannot run: " + plainWords(ck.errs[i].Msg), Hint: ck.hint(ck.errs[i].Msg)})
		seg.remove(w)
	}
	return found
}

func (seg *Segment) remove(w waiting) {
	seg.revived = slices.DeleteFunc(seg.revived, func(x waiting) bool { return x.decl == w.decl })
	seg.Funcs = slices.DeleteFunc(seg.Funcs, func(f *ast.FuncDecl) bool { return f == w.decl })
	seg.pieces = slices.DeleteFunc(seg.pieces, func(p piece) bool { return p.decl == w.decl })
	if w.decl.Recv == nil {
		delete(seg.decls, w.decl.Name.Name)
	}
}

func holds(f *ast.FuncDecl, e types.Error) bool { return f.Pos() <= e.Pos && e.Pos < f.End() }

// postpone lets the functions wait whose bodies have the errors, if those are names that nothing declares yet and
// no error is anywhere else.
func (seg *Segment) postpone(c *Checked, ck *checking) bool {
	waits := map[*ast.FuncDecl][]string{}
	var notices []Diagnostic
	for _, e := range ck.errs {
		m := undefined.FindStringSubmatch(e.Msg)
		i := slices.IndexFunc(seg.Funcs, func(f *ast.FuncDecl) bool {
			return f.Body != nil && f.Body.Pos() <= e.Pos && e.Pos < f.Body.End() && f.Type.TypeParams == nil
		})
		if m == nil || i < 0 {
			return false
		}
		f, name := seg.Funcs[i], m[1]
		if slices.Contains(waits[f], name) {
			continue
		}
		waits[f] = append(waits[f], name)
		at := ck.scope.fset.Position(e.Pos)
		notices = append(notices, Diagnostic{Cell: c.Source.Number, Line: at.Line, Column: at.Column,
			Message: needs(funcKey(f), name), Hint: ck.hint(e.Msg)})
	}
	seg.Waiting = waits
	c.Notices = append(c.Notices, notices...)
	return true
}

func needs(function string, names ...string) string {
	return fmt.Sprintf("%s needs %s, which no cell has declared yet", function, strings.Join(names, " and "))
}

// WaitsFor says what a waiting function needs, or "" for one that can run.
func (seg *Segment) WaitsFor(f *ast.FuncDecl) string {
	if names := seg.Waiting[f]; len(names) > 0 {
		return needs(funcKey(f), names...)
	}
	return ""
}
