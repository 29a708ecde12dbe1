package cell

import (
	"go/types"
	"strings"
)

// qualify names a package before a dot: cells and the prelude need none.
func (s *Scope) qualify(p *types.Package) string {
	if p.Path() == MainPath || s.prelude != nil && p.Path() == s.prelude.Path() {
		return ""
	}
	return p.Name()
}

func (s *Scope) typeString(t types.Type) string { return types.TypeString(t, s.qualify) }

// brief says in a few words what an object is: a function's parameters and results, a value's type.
func (s *Scope) brief(o types.Object) string {
	switch o := o.(type) {
	case *types.Func:
		return strings.TrimPrefix(s.typeString(o.Signature()), "func")
	case *types.TypeName:
		return briefType(s.typeString(o.Type().Underlying()))
	case *types.Builtin, *types.Nil:
		return ""
	case *types.PkgName:
		return o.Imported().Path()
	}
	return s.typeString(o.Type())
}

// briefType leaves out what a struct or an interface holds.
func briefType(t string) string {
	for _, k := range []string{"struct{", "interface{"} {
		if strings.HasPrefix(t, k) && t != k+"}" {
			return k + "…}"
		}
	}
	return t
}
