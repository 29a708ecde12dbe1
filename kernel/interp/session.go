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
	"time"

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
	s.yaegi = interp.New(interp.Options{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: unwinding{}, Args: []string{"scorebook"}, Env: os.Environ()})
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
	return s.run(ctx, src, run, streams)
}

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

// grace is how long an interrupted cell may take to notice before it is left behind.
const grace = 80 * time.Millisecond

// run calls the cell's function on a goroutine of its own and waits for it or for an interrupt.
func (s *Session) run(ctx context.Context, src cell.Source, call func(), streams cell.Streams) (cell.Result, error) {
	m := s.machine
	r := m.begin(ctx, streams)
	if s.opts.Before != nil {
		s.opts.Before(ctx)
	}
	done := make(chan any, 1)
	began := time.Now()
	go func() {
		defer r.enter()()
		defer func() {
			v := recover()
			if v != nil {
				r.places = m.trace()
			}
			done <- v
		}()
		r.deferred.Run(call)
	}()
	var failure any
	select {
	case failure = <-done:
	case <-ctx.Done():
		if failure = r.interrupt(done); failure == nil {
			failure = halted{}
		}
	}
	took := time.Since(began)
	m.drain()
	if *m.deep {
		failure = stackOverflow{}
	}
	if failure != nil {
		return cell.Result{}, s.explain(ctx, src, failure, r.places)
	}
	result := m.result()
	result.Took = took
	return result, nil
}

// begin makes a cell's run the latest.
func (m *machine) begin(ctx context.Context, streams cell.Streams) *run {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := &run{machine: m, ctx: ctx, streams: withDiscard(streams)}
	m.run, m.shown = r, nil
	*m.stop, *m.deep, *m.depth = false, false, 0
	r.deferred = m.newDeferred()
	return r
}

func withDiscard(s cell.Streams) cell.Streams {
	if s.Stdout == nil {
		s.Stdout = io.Discard
	}
	if s.Stderr == nil {
		s.Stderr = io.Discard
	}
	return s
}

// interrupt stops a run's goroutines at their next turn or wait. One that is inside compiled code is left
// behind, and stopped when it comes back.
func (r *run) interrupt(done <-chan any) (failure any) {
	r.interrupted.Store(true)
	ended := make(chan struct{})
	go func() {
		r.tasks.Wait()
		close(ended)
	}()
	deadline := time.After(grace)
	for running := true; running; {
		*r.machine.stop = true
		select {
		case failure = <-done:
			running = false
		case <-deadline:
			go r.chase(done, ended)
			return failure
		case <-time.After(time.Millisecond):
		}
	}
	for {
		*r.machine.stop = true
		select {
		case <-ended:
			return failure
		case <-deadline:
			go r.chase(nil, ended)
			return failure
		case <-time.After(time.Millisecond):
		}
	}
}

// chase asks for a turn, now and then, until the last goroutine of an interrupted run has ended.
func (r *run) chase(done <-chan any, ended <-chan struct{}) {
	for done != nil || ended != nil {
		*r.machine.stop = true
		select {
		case <-done:
			done = nil
		case <-ended:
			ended = nil
		case <-time.After(10 * time.Millisecond):
		}
	}
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
	return w.Write(p)
}

// input reads from the running cell's front end.
type input struct{ m *machine }

func (i input) Read(p []byte) (n int, err error) {
	r := i.m.streams().Stdin
	if r == nil {
		return 0, io.EOF
	}
	// While nobody has typed anything, the cell's other goroutines run.
	i.m.waitFor(func() { n, err = r.Read(p) })
	return n, err
}
