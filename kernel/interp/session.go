package interp

import (
	"bytes"
	"context"
	"fmt"
	"go/types"
	"io"
	"os"
	"reflect"
	"sync"
	"time"

	"github.com/traefik/yaegi/interp"

	"scorebook/kernel/cell"
	"scorebook/kernel/lower"
)

// Options say what the cells of a session can use.
type Options struct {
	Importer cell.Importer
	Prelude  *types.Package                             // names that need no import; nil for none
	Symbols  func(path string) map[string]reflect.Value // a package's run-time symbols, the prelude's included
	Before   func(ctx context.Context)                  // called before each cell runs; nil for nothing
}

// Session is one running notebook: what its cells have declared, and their values.
type Session struct {
	opts    Options
	scope   *cell.Scope
	lowerer *lower.Lowerer
	yaegi   *interp.Interpreter
	machine *machine
	noise   *noise

	mu sync.Mutex // one cell at a time
}

// New starts a session.
func New(o Options) (*Session, error) {
	m := &machine{symbols: withFmt(o.Symbols), methods: map[methodKey]reflect.Value{}}
	m.ctx = context.Background()
	s := &Session{opts: o, scope: cell.NewScope(o.Importer, o.Prelude), machine: m, noise: &noise{}}
	s.lowerer = lower.New(func(t types.Type) int { return m.id(m, t) }, o.Importer)
	m.where = s.line
	s.yaegi = interp.New(interp.Options{Stdin: input{m}, Stdout: output{m, false}, Stderr: s.noise, Args: []string{"scorebook"}, Env: os.Environ()})
	if err := s.yaegi.Use(interp.Exports{"rt/rt": m.exports()}); err != nil {
		return nil, fmt.Errorf("interp: %w", err)
	}
	if _, err := s.yaegi.Eval("\nimport \"rt\"\nvar ǃp, ǃd int\n"); err != nil {
		return nil, fmt.Errorf("interp: %w", err)
	}
	for name, p := range map[string]**int{"&ǃp": &m.place, "&ǃd": &m.depth} {
		v, err := s.yaegi.Eval(name)
		if err != nil {
			return nil, fmt.Errorf("interp: %w", err)
		}
		*p = v.Interface().(*int)
	}
	return s, nil
}

// Scope returns what the session has declared.
func (s *Session) Scope() *cell.Scope { return s.scope }

// Complete lists what may stand at a cursor.
func (s *Session) Complete(text string, cursor int) cell.Completion {
	return s.scope.Complete(text, cursor)
}

// Inspect describes what stands at a cursor.
func (s *Session) Inspect(text string, cursor, detail int) cell.Inspection {
	return s.scope.Inspect(text, cursor, detail)
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
	program, err := s.lowerer.Lower(checked)
	if err != nil {
		return cell.Result{}, err
	}
	run, err := s.compile(src, program)
	if err != nil {
		return cell.Result{}, err
	}
	s.scope.Commit(checked)
	return s.run(ctx, src, run, streams)
}

// compile hands the lowered source to yaegi and gives the cell's function. Whatever yaegi cannot do, or trips
// over, is our own fault and is called so.
func (s *Session) compile(src cell.Source, p *lower.Program) (run func(), err error) {
	defer func() {
		if r := recover(); r != nil {
			err = engineFault(src, fmt.Sprint(r))
		}
	}()
	for _, path := range p.Imports {
		if err := s.use(path); err != nil {
			return nil, engineFault(src, err.Error())
		}
	}
	if _, err := s.yaegi.Eval(p.Source); err != nil {
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
	syms := s.machine.symbols(path)
	if syms == nil {
		return fmt.Errorf("the package %s has no compiled form here", path)
	}
	name := path[lastSlash(path):]
	if err := s.yaegi.Use(interp.Exports{path + "/" + name: syms}); err != nil {
		return err
	}
	_, err := s.yaegi.Eval(fmt.Sprintf("\nimport %s %q\n", s.lowerer.Alias(path), path))
	return err
}

func lastSlash(path string) int { return bytes.LastIndexByte([]byte(path), '/') + 1 }

// grace is how long an interrupted cell may take to notice before it is left behind.
const grace = 2 * time.Second

// run calls the cell's function on a goroutine of its own and waits for it or for an interrupt.
func (s *Session) run(ctx context.Context, src cell.Source, run func(), streams cell.Streams) (cell.Result, error) {
	m := s.machine
	m.begin(ctx, streams)
	s.noise.reset()
	if s.opts.Before != nil {
		s.opts.Before(ctx)
	}
	done := make(chan any, 1)
	go func() {
		defer func() { done <- recover() }()
		m.top.Run(run)
	}()
	var failure any
	select {
	case failure = <-done:
	case <-ctx.Done():
		m.stop = true
		select {
		case failure = <-done:
		case <-time.After(grace):
		}
		return cell.Result{}, fmt.Errorf("interrupted: %w", ctx.Err())
	}
	if m.deep {
		failure = stackOverflow{}
	}
	if failure != nil {
		return cell.Result{}, s.explain(src, failure)
	}
	return m.result(), nil
}

func (m *machine) begin(ctx context.Context, streams cell.Streams) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ctx, m.out, m.shown, m.stop, m.deep, *m.depth = ctx, streams, nil, false, false, 0
	m.top = m.newDeferred()
}

func (m *machine) result() cell.Result {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.shown == nil {
		return cell.Result{}
	}
	return *m.shown
}

// output writes to the running cell's streams.
type output struct {
	m      *machine
	stderr bool
}

func (o output) Write(p []byte) (int, error) {
	out := o.m.streams()
	w := out.Stdout
	if o.stderr {
		w = out.Stderr
	}
	if w == nil {
		w = io.Discard
	}
	return w.Write(p)
}

// input reads from the running cell's front end.
type input struct{ m *machine }

func (i input) Read(p []byte) (int, error) {
	r := i.m.streams().Stdin
	if r == nil {
		return 0, io.EOF
	}
	return r.Read(p)
}

// noise takes what yaegi itself writes while a panic passes through it.
type noise struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (n *noise) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.buf.Len() < 1<<16 {
		n.buf.Write(p)
	}
	return len(p), nil
}

func (n *noise) reset() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.buf.Reset()
}
