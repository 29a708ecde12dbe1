package interp

import (
	"go/types"
	"reflect"
	"slices"
	"strings"

	"scorebook/kernel/cell"
)

// Variables lists what the session has declared, by name.
func (s *Session) Variables() []cell.Variable {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.machine.visit()()
	held := s.yaegi.Globals()
	var list []cell.Variable
	for name, o := range s.scope.Objects() {
		v, ok := o.(*types.Var)
		if !ok || name == "_" {
			continue
		}
		value, _ := s.valueOf(held, v)
		list = append(list, cell.Variable{Name: name, Type: typeText(v.Type()), Value: value})
	}
	slices.SortFunc(list, func(a, b cell.Variable) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// value gives a variable's value in a few words, unless a cell is running.
func (s *Session) value(name string) (text string, ok bool) {
	v, ok := s.scope.Objects()[name].(*types.Var)
	if !ok || !s.mu.TryLock() {
		return "", false
	}
	defer s.mu.Unlock()
	defer s.machine.visit()()
	return s.valueOf(s.yaegi.Globals(), v)
}

func (s *Session) valueOf(held map[string]reflect.Value, v *types.Var) (string, bool) {
	rv, ok := held[s.lowerer.Global(v)]
	if !ok || !rv.IsValid() {
		return "", false
	}
	var b glance
	b.value(v.Type(), rv, 0)
	return b.String(), true
}

// visit makes this goroutine one that may look at the variables while those of cells wait.
func (m *machine) visit() (leave func()) {
	r := m.latest()
	if r == nil || current() != nil {
		return func() {}
	}
	return r.enter()
}

// typeText writes a type as the user would.
func typeText(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p.Path() == cell.MainPath {
			return ""
		}
		return p.Name()
	})
}
