package interp

import (
	"fmt"
	"strings"

	"github.com/traefik/yaegi/interp"

	"scorebook/kernel/cell"
	"scorebook/kernel/lower"
)

// lower lowers a checked cell. A fault in it costs the cell, not the session.
func (s *Session) lower(src cell.Source, checked *cell.Checked) (p *lower.Program, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = engineFault(src, fmt.Sprint(r))
		}
	}()
	return s.lowerer.Lower(checked)
}

// compile hands the lowered source to yaegi and gives the cell's function. Whatever yaegi cannot do, or trips
// over, is our own fault and is called so.
func (s *Session) compile(src cell.Source, p *lower.Program) (run func(), err error) {
	defer func() {
		if r := recover(); r != nil {
			err = engineFault(src, fmt.Sprint(r))
		}
	}()
	defer s.shed.clear(p)
	for _, path := range p.Imports {
		if err := s.use(path); err != nil {
			return nil, engineFault(src, err.Error())
		}
	}
	if err := s.declareShapes(p.Shapes); err != nil {
		return nil, engineFault(src, err.Error())
	}
	if _, err := s.yaegi.Eval(p.Source); err != nil {
		return nil, engineFault(src, err.Error())
	}
	if err := s.bind(p.Natives); err != nil {
		return nil, engineFault(src, err.Error())
	}
	v, err := s.yaegi.Eval(p.Call)
	if err != nil {
		return nil, engineFault(src, err.Error())
	}
	run, ok := v.Interface().(func())
	if !ok {
		return nil, engineFault(src, "the cell is no function")
	}
	return run, nil
}

// use makes a host package known to yaegi.
func (s *Session) use(path string) error {
	syms := s.machine.host.lookup(path)
	if syms == nil {
		return fmt.Errorf("the package %s has no compiled form here", path)
	}
	// The dot keeps yaegi from redirecting streams in its own way when the package is fmt.
	name := path[strings.LastIndexByte(path, '/')+1:]
	if err := s.yaegi.Use(interp.Exports{path + "/./" + name: syms}); err != nil {
		return err
	}
	_, err := s.yaegi.Eval(fmt.Sprintf("\nimport %s %q\n", s.lowerer.Alias(path), path))
	return err
}
