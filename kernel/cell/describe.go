package cell

import (
	"fmt"
	"go/doc"
	"go/doc/comment"
	"go/types"
	"strings"
)

// A description is what is known of a name: how Go writes it, where it is from, and what its author says.
type description struct {
	code  string
	facts []string
	doc   string // a doc comment's text
}

// describe words a subject; see Inspect for what detail adds.
func (s *Scope) describe(sub *subject, detail int) description {
	d := description{doc: s.docOf(sub)}
	switch o := sub.object.(type) {
	case *types.PkgName:
		p := o.Imported()
		d.code = fmt.Sprintf("package %s // import %q", p.Name(), p.Path())
		if detail == 0 {
			d.doc = doc.Synopsis(d.doc)
		}
		return d
	case *types.Func:
		d.code = s.funcHead(o)
	case *types.Const:
		d.code = fmt.Sprintf("const %s %s = %s", s.qualified(o), s.typeString(o.Type()), o.Val())
	case *types.TypeName:
		d.code = s.typeHead(o)
		if a, ok := o.Type().(*types.Alias); ok {
			d.facts = append(d.facts, "= "+s.typeString(a.Rhs()))
		}
		d.facts = append(d.facts, s.methodFacts(o, detail)...)
	case *types.Var:
		d.code = s.varHead(o)
		if d.doc == "" {
			d.doc = s.typeSynopsis(o.Type())
		}
	default: // a built-in function, or nil
		d.code = "builtin " + o.Name()
	}
	d.origin(s, sub, detail)
	return d
}

// origin adds where a name comes from: a package, or a cell, of which detail 1 shows the lines.
func (d *description) origin(s *Scope, sub *subject, detail int) {
	o := sub.object
	if f, ok := o.(*types.Var); ok && f.IsField() && sub.owner != nil {
		d.facts = append(d.facts, "field of "+s.qualified(sub.owner))
	}
	if o.Pkg() == nil || o.Pkg().Path() != MainPath {
		if o.Pkg() != nil && o.Pkg() != s.prelude {
			d.facts = append(d.facts, "from package "+o.Pkg().Path())
		}
		return
	}
	w, ok := s.whereWritten(o)
	if !ok {
		return
	}
	d.facts = append(d.facts, fmt.Sprintf("cell %d, line %d", w.cell, w.line))
	if w.doc != "" {
		d.doc = w.doc
	}
	if detail > 0 {
		d.code += "\n\n" + w.text
	}
}

func (s *Scope) qualified(o types.Object) string {
	if o.Pkg() != nil {
		if q := s.qualify(o.Pkg()); q != "" {
			return q + "." + o.Name()
		}
	}
	return o.Name()
}

func (s *Scope) funcHead(f *types.Func) string {
	sig := strings.TrimPrefix(s.typeString(f.Signature()), "func")
	recv := f.Signature().Recv()
	if recv == nil {
		return "func " + s.qualified(f) + sig
	}
	return fmt.Sprintf("func (%s) %s%s", strings.TrimSpace(recv.Name()+" "+s.typeString(recv.Type())), f.Name(), sig)
}

func (s *Scope) varHead(v *types.Var) string {
	if v.IsField() {
		return v.Name() + " " + s.typeString(v.Type())
	}
	name := v.Name()
	if v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		name = s.qualified(v)
	}
	return "var " + name + " " + s.typeString(v.Type())
}

// typeHead writes a type with the fields or methods a cell can use, one to a line.
func (s *Scope) typeHead(o *types.TypeName) string {
	if o.Pkg() == nil {
		return "type " + o.Name()
	}
	head := "type " + s.qualified(o) + " "
	var lines []string
	switch u := o.Type().Underlying().(type) {
	case *types.Struct:
		head += "struct"
		for f := range u.Fields() {
			if reachable(f) {
				lines = append(lines, s.fieldLine(f))
			}
		}
	case *types.Interface:
		head += "interface"
		for m := range u.Methods() {
			lines = append(lines, m.Name()+strings.TrimPrefix(s.typeString(m.Signature()), "func"))
		}
	default:
		return head + s.typeString(u)
	}
	if len(lines) == 0 {
		return head + " { … }"
	}
	return head + " {\n    " + strings.Join(lines, "\n    ") + "\n}"
}

func (s *Scope) fieldLine(f *types.Var) string {
	if f.Embedded() {
		return s.typeString(f.Type())
	}
	return f.Name() + " " + s.typeString(f.Type())
}

// methodFacts lists a type's methods by name, or with their signatures.
func (s *Scope) methodFacts(o *types.TypeName, detail int) []string {
	if types.IsInterface(o.Type()) {
		return nil
	}
	var names, heads []string
	for _, m := range membersOf(types.NewPointer(o.Type()), false) {
		f := m.object.(*types.Func)
		names = append(names, f.Name())
		heads = append(heads, s.funcHead(f))
	}
	switch {
	case len(names) == 0:
		return nil
	case detail > 0:
		return heads
	}
	return []string{"methods: " + strings.Join(names, ", ")}
}

// docOf finds a name's doc comment among those of the packages.
func (s *Scope) docOf(sub *subject) string {
	switch o := sub.object.(type) {
	case *types.PkgName:
		return s.importer.Doc(o.Imported().Path(), "")
	case *types.Func:
		if recv := o.Signature().Recv(); recv != nil {
			if t := nameOf(recv.Type()); t != nil {
				return s.docIn(t.Pkg(), t.Name()+"."+o.Name())
			}
			return ""
		}
	case *types.Var:
		if o.IsField() {
			if sub.owner == nil {
				return ""
			}
			return s.docIn(sub.owner.Pkg(), sub.owner.Name()+"."+o.Name())
		}
		if o.Pkg() == nil || o.Parent() != o.Pkg().Scope() {
			return ""
		}
	case *types.TypeName:
		if text := s.docIn(o.Pkg(), o.Name()); text != "" {
			return text
		}
		if t := nameOf(o.Type()); t != nil && o.IsAlias() {
			return s.docIn(t.Pkg(), t.Name())
		}
		return ""
	}
	return s.docIn(sub.object.Pkg(), sub.object.Name())
}

func (s *Scope) docIn(p *types.Package, name string) string {
	if p == nil {
		return s.importer.Doc("builtin", name)
	}
	return s.importer.Doc(p.Path(), name)
}

// typeSynopsis is the first sentence on the named type of a value.
func (s *Scope) typeSynopsis(t types.Type) string {
	o := nameOf(t)
	if o == nil || o.Pkg() == nil {
		return ""
	}
	return doc.Synopsis(s.docOf(&subject{object: o}))
}

// bundle renders a description for a terminal and for a notebook.
func (d description) bundle() map[string]any {
	text := []string{d.code}
	mark := []string{"```go\n" + d.code + "\n```"}
	for _, f := range d.facts {
		mark = append(mark, "`"+f+"`")
	}
	if len(d.facts) > 0 {
		text = append(text, strings.Join(d.facts, "\n"))
	}
	if strings.TrimSpace(d.doc) != "" {
		parsed := new(comment.Parser).Parse(d.doc)
		p := comment.Printer{
			HeadingID:  func(*comment.Heading) string { return "" },
			DocLinkURL: func(l *comment.DocLink) string { return l.DefaultURL("https://pkg.go.dev") },
		}
		text = append(text, strings.TrimRight(string(p.Text(parsed)), "\n"))
		mark = append(mark, strings.TrimRight(string(p.Markdown(parsed)), "\n"))
	}
	return map[string]any{
		"text/plain":    strings.Join(text, "\n\n"),
		"text/markdown": strings.Join(mark, "\n\n"),
	}
}
