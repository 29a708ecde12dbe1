package interp

import (
	"context"
	"fmt"
	"go/types"
	"io"
	"os"
	"reflect"
	"strings"
	"sync"

	"github.com/traefik/yaegi/interp"

	"scorebook/kernel/cell"
	"scorebook/kernel/lower"
	"scorebook/kernel/native"
)

// Options say what the cells of a session can use.
type Options struct {
	Importer cell.Importer
	Prelude  *types.Package                             // names that need no import; nil for none
	Symbols  func(path string) map[string]reflect.Value // a package's run-time symbols, the prelude's included
	Before   func(ctx context.Context)                  // called before each cell runs; nil for nothing

	Interpreted bool // make no machine code
}

// Session is one running notebook: what its cells have declared, and their values.
type Session struct {
	opts    Options
	scope   *cell.Scope
	lowerer *lower.Lowerer
	yaegi   *interp.Interpreter
	shed    shed
	machine *machine

	mu sync.Mutex // one cell at a time
}

// New starts a session.
func New(o Options) (*Session, error) {
	m := &machine{methods: map[methodKey]methodFunc{}}
	m.baton.machine = m
	m.natives.slots = map[int]*slot{}
	compiler := newCompiler(m, o)
	m.host = newHost(m, o.Symbols)
	m.shapes.symbols = m.host.lookup
	s := &Session{opts: o, scope: cell.NewScope(o.Importer, o.Prelude), machine: m}
	s.lowerer = lower.New(func(t types.Type) int { return m.id(m, t) }, o.Importer, compiler)
	m.shapes.own = s.lowerer.Own
	m.where, m.placeAt = s.frames, s.placeAt
	s.yaegi = interp.New(interp.Options{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: unwinding{s.machine}, Args: []string{"scorebook"}, Env: os.Environ()})
	s.shed = newShed(s.yaegi)
	if err := s.yaegi.Use(interp.Exports{"rt/rt": m.exports()}); err != nil {
		return nil, fmt.Errorf("interp: %w", err)
	}
	if err := s.shareVariables(); err != nil {
		return nil, fmt.Errorf("interp: %w", err)
	}
	return s, nil
}

// newCompiler makes what turns functions into machine code; nil when all are to be interpreted.
func newCompiler(m *machine, o Options) *native.Compiler {
	if o.Interpreted {
		return nil
	}
	c, err := native.New(native.Options{Stopped: m.stopped})
	if err != nil {
		return nil
	}
	return c
}

// shareVariables gives the machine pointers to the variables by which lowered source and host talk.
func (s *Session) shareVariables() error {
	if _, err := s.yaegi.Eval(fmt.Sprintf("\nimport \"rt\"\nvar ǃp, ǃl, ǃd int\nvar ǃs, ǃx bool\nvar ǃc = make([]int, %d)\n", lower.Deepest+2)); err != nil {
		return err
	}
	m := s.machine
	for name, p := range map[string]any{"&ǃp": &m.place, "&ǃl": &m.leaf, "&ǃc": &m.calls, "&ǃd": &m.depth, "&ǃs": &m.stop, "&ǃx": &m.deep} {
		v, err := s.yaegi.Eval(name)
		if err != nil {
			return err
		}
		reflect.ValueOf(p).Elem().Set(v)
	}
	return nil
}

// Scope returns what the session has declared.
func (s *Session) Scope() *cell.Scope { return s.scope }

// Complete lists what may stand at a cursor.
func (s *Session) Complete(text string, cursor int) cell.Completion {
	return s.scope.Complete(text, cursor)
}

// Inspect describes what stands at a cursor.
func (s *Session) Inspect(text string, cursor, detail int) cell.Inspection {
	return s.scope.InspectWithValues(text, cursor, detail, s.value)
}

// Reset forgets everything that cells have declared, and stops their goroutines.
func (s *Session) Reset() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	fresh, err := New(s.opts)
	if err != nil {
		return err
	}
	s.machine.abandon()
	s.scope, s.lowerer, s.yaegi, s.shed, s.machine = fresh.scope, fresh.lowerer, fresh.yaegi, fresh.shed, fresh.machine
	return nil
}

// Completeness says whether a cell may be run as it stands.
func (s *Session) Completeness(text string) cell.Completeness { return cell.CompletenessOf(text) }

// Evaluate checks, lowers and runs one cell. Nothing runs unless all of it checks. The error is a *cell.Error, or
// wraps ctx's when the cell was interrupted.
func (s *Session) Evaluate(ctx context.Context, src cell.Source, streams cell.Streams) (cell.Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	checked, err := s.scope.Check(src)
	if err != nil {
		return cell.Result{}, err
	}
	program, err := s.lower(src, checked)
	if err != nil {
		return cell.Result{}, err
	}
	run, err := s.compile(src, program)
	if err != nil {
		s.lowerer.Undo()
		return cell.Result{}, err
	}
	s.scope.Commit(checked)
	defer s.release(program)
	result, err := s.run(ctx, src, run, streams)
	if bound := s.bind(s.lowerer.Settle(err == nil)); bound != nil && err == nil {
		err = bound
	}
	return result, err
}
