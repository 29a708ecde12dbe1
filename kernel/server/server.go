package server

import (
	"context"
	"log"
	"sync"
	"time"

	"scorebook/kernel/cell"
	"scorebook/kernel/display"
	"scorebook/kernel/protocol"
)

// Engine runs cells and knows the names in them. It is called from one goroutine at a time.
type Engine interface {
	// Evaluate runs a cell. The error is a *cell.Error, or wraps context.Canceled when the cell was interrupted. The
	// context is cancelled by an interrupt and not by the end of the cell, whose goroutines may live on, and carries the
	// cell's display.Publisher and display.Asker. The streams may be used after the end too.
	Evaluate(ctx context.Context, src cell.Source, io cell.Streams) (cell.Result, error)
	Complete(text string, cursor int) cell.Completion // cursor in code points
	Inspect(text string, cursor int, detail int) cell.Inspection
	Completeness(text string) cell.Completeness
}

// Sender sends a message to the one that its identities name, on shell, control or stdin.
type Sender interface {
	Send(channel protocol.Channel, m protocol.Message) error
}

// IOPub sends a message to everybody. It may wait when a reader is slow, but not for the states busy and idle.
type IOPub interface {
	Publish(m protocol.Message)
}

// Options may be left zero.
type Options struct {
	Version  string            // of Scorebook
	Session  string            // the kernel's session; "" = a fresh one
	Renderer *display.Renderer // how the value of a cell shows; nil = the default renderer
	Log      *log.Logger       // nil = silent
}

// Server answers requests.
type Server struct {
	engine  Engine
	sender  Sender
	iopub   IOPub
	options Options

	requests map[protocol.Channel]*queue
	handlers map[protocol.Channel]map[string]handler
	answers  chan protocol.Message // from stdin

	// Used by the shell's goroutine only.
	count   int // of the last cell that was stored
	history history
	failure failure

	mu        sync.Mutex
	interrupt context.CancelFunc // stops the running cell; nil between cells

	ending  sync.Once
	ended   chan struct{}
	restart bool // set before ended is closed
}

// New returns a server that has not started; see Run.
func New(e Engine, sender Sender, iopub IOPub, o Options) *Server {
	if o.Session == "" {
		o.Session = protocol.NewID()
	}
	if o.Renderer == nil {
		o.Renderer = &display.Renderer{}
	}
	s := &Server{
		engine: e, sender: sender, iopub: iopub, options: o,
		requests: map[protocol.Channel]*queue{protocol.Shell: newQueue(), protocol.Control: newQueue()},
		answers:  make(chan protocol.Message, 16),
		ended:    make(chan struct{}),
	}
	s.handlers = s.table()
	return s
}

// Handle takes a message from a front end. It returns at once.
func (s *Server) Handle(channel protocol.Channel, m protocol.Message) {
	if q := s.requests[channel]; q != nil {
		q.push(&request{Message: m, channel: channel, arrived: time.Now()})
		return
	}
	select {
	case s.answers <- m:
	default:
		s.logf("%s: %s dropped: nobody waits for it", channel, m.Header.MsgType)
	}
}

// lastWords is how long a cell may take to end once the kernel is to end.
const lastWords = 500 * time.Millisecond

// Run answers requests until a shutdown is requested or ctx ends, and says whether a restart was asked for. It interrupts a
// cell that is still running. It may be called once.
func (s *Server) Run(ctx context.Context) (restart bool) {
	working, stop := context.WithCancel(ctx)
	defer stop()
	var loops sync.WaitGroup
	for _, q := range s.requests {
		loops.Go(func() { s.loop(working, q) })
	}
	select {
	case <-ctx.Done():
	case <-s.ended:
		restart = s.restart
	}
	stop()
	s.Interrupt()
	finished := make(chan struct{})
	go func() { loops.Wait(); close(finished) }()
	select {
	case <-finished:
	case <-time.After(lastWords):
		s.logf("the running cell did not stop in time")
	}
	return restart
}

func (s *Server) loop(ctx context.Context, q *queue) {
	for {
		r, ok := q.pop(ctx)
		if !ok {
			return
		}
		s.answer(ctx, r)
	}
}

// Interrupt stops the running cell, if any.
func (s *Server) Interrupt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.interrupt != nil {
		s.interrupt()
	}
}

// end makes Run return.
func (s *Server) end(restart bool) {
	s.ending.Do(func() {
		s.restart = restart
		close(s.ended)
	})
}

func (s *Server) logf(format string, args ...any) {
	if s.options.Log != nil {
		s.options.Log.Printf("server: "+format, args...)
	}
}
