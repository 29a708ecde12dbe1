package interp

import (
	"go/token"
	"reflect"
	"unsafe"

	"github.com/traefik/yaegi/interp"

	"scorebook/kernel/lower"
)

// A shed takes from the interpreter what it keeps of every cell and never looks at again: the syntax trees, which its
// debugger would want, the scopes inside functions that are compiled, the texts' lines, and the cells' own functions.
// Nothing of it can be reached by the interpreter's exported names.
type shed struct {
	files  *token.FileSet
	roots  reflect.Value // []*node
	scopes reflect.Value // map[string]*scope
}

func newShed(i *interp.Interpreter) shed {
	v := reflect.ValueOf(i).Elem()
	return shed{i.FileSet(), writable(v.FieldByName("roots")), v.FieldByName("scopes")}
}

// writable lifts the protection from an unexported field.
func writable(v reflect.Value) reflect.Value {
	return reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem()
}

// clear forgets what can be forgotten once a cell's function is at hand. That holds what it needs, and so do the
// variables through which functions are called: their own names are not looked up again.
func (s shed) clear(p *lower.Program) {
	s.roots.SetZero()
	if main := s.scopes.MapIndex(reflect.ValueOf("main")); main.IsValid() {
		writable(main.Elem().FieldByName("child")).SetZero()
		symbols := writable(main.Elem().FieldByName("sym"))
		for _, name := range append(p.Functions, p.Call) {
			symbols.SetMapIndex(reflect.ValueOf(name), reflect.Value{})
		}
	}
	var old []*token.File
	s.files.Iterate(func(f *token.File) bool {
		old = append(old, f)
		return true
	})
	for _, f := range old {
		s.files.RemoveFile(f)
	}
}
