package interp

import (
	"context"
	"sync"
	"sync/atomic"

	"scorebook/kernel/cell"
)

// A run is one execution of a cell: its goroutines share what it writes to and whether it was stopped.
type run struct {
	machine     *machine
	ctx         context.Context
	streams     cell.Streams
	deferred    *Deferred // by the cell itself, outside all functions
	interrupted atomic.Bool
	tasks       sync.WaitGroup
	places      []int // where the cell failed, and the calls that led there
}

// A task is one goroutine that runs a cell's code.
type task struct {
	run    *run
	id     uint64
	place  int       // the statement it was at when another took over
	leaf   int       // the same, of a function that calls no others
	depth  int       // its calls under way then
	calls  []int     // where those were made
	frames *Deferred // whose deferred call is running
	direct *Deferred // the same, until the deferred function itself has begun

	left   []string // the functions that a panic has left, the innermost first
	places []int    // where it began
}

// tasks finds a goroutine's task. The guarded types of package sync have no session to ask: their zero value
// must work.
var tasks sync.Map

// current returns the task of this goroutine; nil on one that compiled code started.
func current() *task {
	t, ok := tasks.Load(goroutine())
	if !ok {
		return nil
	}
	return t.(*task)
}

// enter makes this goroutine a task of the run, until the function it returns is called.
func (r *run) enter() (leave func()) {
	t := &task{run: r, id: goroutine()}
	tasks.Store(t.id, t)
	r.machine.baton.take(t)
	return func() {
		r.machine.baton.drop(t)
		tasks.Delete(t.id)
	}
}

// done is closed when the task is to end. A goroutine of compiled code is never told to.
func (t *task) done() <-chan struct{} {
	if t == nil {
		return nil
	}
	return t.run.ctx.Done()
}

// abandon stops the goroutines of a machine that will run no more cells, and closes its files.
func (m *machine) abandon() {
	if r := m.latest(); r != nil {
		r.interrupted.Store(true)
		ended := make(chan struct{})
		go func() {
			r.tasks.Wait()
			close(ended)
		}()
		go r.chase(nil, ended)
	}
	for _, p := range m.pipes {
		_ = p.file.Close() // its reader ends with it
	}
}
