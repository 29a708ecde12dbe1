package interp

import (
	"fmt"
	"go/types"
	"io"
	"reflect"
	"strings"
	"sync"

	"scorebook/kernel/cell"
	"scorebook/kernel/lower"
)

// machine is the run time of a session: what the name rt stands for in lowered source.
type machine struct {
	registry
	shapes  shapes
	host    *host
	baton   baton
	natives natives

	methodsMu sync.RWMutex
	methods   map[methodKey]methodFunc

	// Variables of the lowered source.
	stop  *bool  // asks it to come to turn
	deep  *bool  // tells all calls to return at once
	place *int   // the statement that runs, as an index into positions
	leaf  *int   // the same for functions that call no others
	calls *[]int // by depth, where the calls under way were made
	depth *int   // calls under way

	mu    sync.Mutex
	run   *run // the latest cell's
	shown *cell.Result
	pipes []*pipe

	leftMu sync.Mutex
	left   []string // functions that a panic has left on a goroutine of compiled code, in the latest cell
	leftBy uint64

	// Of the session's lowerer.
	where   func(places []int) []string
	placeAt func(place int) lower.Place
}

type methodKey struct {
	recv int
	name string
}

// exports lists what lowered source may call.
func (m *machine) exports() map[string]reflect.Value {
	fns := map[string]any{
		"Box": m.box, "Func": function, "TemplateData": m.templateData, "Target": target, "Key": key, "Raw": raw, "Convert": m.convert, "Pull": m.pull, "Variable": m.host.variable, "Wrap": m.wrap, "Is": m.is, "Assert": m.assert, "AssertOK": m.assertOK,
		"AsInterface": m.asInterface, "Method": m.method,
		"SetMethod": m.setMethod, "Equal": equal, "ErrorsAs": m.errorsAs, "Receive": m.receive, "ReceiveOK": m.receiveOK, "Send": m.send,
		"Select": m.choose, "Sending": sending, "Receiving": receiving, "Defer": m.newDeferred, "Cell": m.cellDeferred,
		"Recover": m.recovered, "Direct": m.direct, "Frame": m.frame, "Go": m.spawn, "Turn": m.turn, "Native": m.native, "NativeOver": m.nativeOver, "TooDeep": m.tooDeep, "Show": m.show, "ShowAll": m.showAll,
		"Print": m.print, "Println": m.println,
	}
	return values(fns, builtins)
}

// halted is what an interrupted cell panics with; recover does not see it.
type halted struct{}

// tooDeep makes all calls under way return at once.
func (m *machine) tooDeep() { *m.stop, *m.deep = true, true }

// stackOverflow is endless recursion.
type stackOverflow struct{}

func (stackOverflow) Error() string { return "stack overflow: the calls are nested too deeply" }
func (stackOverflow) Hint() string  { return "does the recursion end for every argument?" }

func (m *machine) show(typ string, v any) {
	m.setShown(cell.Result{Value: unwrap(v), Shown: true, Type: typ})
}

// showAll shows the results of a call. An error at the end that is nil says nothing and is left out.
func (m *machine) showAll(typ string, quiet bool, vs ...any) {
	if strings.HasSuffix(typ, "error)") && vs[len(vs)-1] == nil {
		vs = vs[:len(vs)-1]
	}
	r := cell.Result{Value: Tuple(vs), Shown: true, Quiet: quiet, Type: typ}
	if len(vs) == 1 {
		r.Value = unwrap(vs[0])
	}
	m.setShown(r)
}

func (m *machine) setShown(r cell.Result) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.shown = &r
}

// Tuple is the several results of a call that ends a cell.
type Tuple []any

// String writes the results one after the other.
func (t Tuple) String() string {
	s := fmt.Sprintln([]any(t)...)
	return s[:len(s)-1]
}

// latest is the run of the cell that was started last.
func (m *machine) latest() *run {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.run
}

// streams are those of the cell that started this goroutine, or else of the latest.
func (m *machine) streams() cell.Streams {
	if t := current(); t != nil {
		return t.run.streams
	}
	if r := m.latest(); r != nil {
		return r.streams
	}
	return cell.Streams{Stdout: io.Discard, Stderr: io.Discard}
}

func (m *machine) print(args ...any) {
	for _, a := range args {
		fmt.Fprint(m.streams().Stderr, a)
	}
}

func (m *machine) println(args ...any) { fmt.Fprintln(m.streams().Stderr, args...) }

// spawn runs a goroutine of the user's, whose panic must not end the process.
func (m *machine) spawn(f func()) {
	r := m.latest()
	if t := current(); t != nil {
		r = t.run
	}
	r.tasks.Add(1)
	go func() {
		defer r.tasks.Done()
		defer r.enter()()
		defer r.report()
		f()
	}()
}

// report words the panic that ends a goroutine.
func (r *run) report() {
	v := recover()
	if v == nil {
		return
	}
	if isHalt(v) {
		return
	}
	fmt.Fprintf(r.streams.Stderr, "panic in a goroutine: %s\n%s\n", panicText(v), strings.Join(r.machine.where(r.machine.traceTo(0)), "\n"))
}

var mainPackage = types.NewPackage(cell.MainPath, "main")
