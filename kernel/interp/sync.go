package interp

import (
	"reflect"
	"sync"
	"sync/atomic"
	"time"
)

// The types below stand for those of package sync in cells. They wait where an interrupt reaches them, and what
// the real ones answer by ending the process is a panic.

// poll waits until ready says so. It looks often at first and every millisecond at last.
func poll(ready func() bool) {
	if ready() {
		return
	}
	t := current()
	wait := func() {
		for pause := 10 * time.Microsecond; !ready(); pause = min(2*pause, time.Millisecond) {
			select {
			case <-t.done():
				panic(halted{})
			case <-time.After(pause):
			}
		}
	}
	if t == nil {
		wait()
		return
	}
	t.run.machine.waitFor(wait)
}

// Mutex is sync.Mutex.
type Mutex struct{ locked atomic.Bool }

func (m *Mutex) TryLock() bool { return m.locked.CompareAndSwap(false, true) }
func (m *Mutex) Lock()         { poll(m.TryLock) }
func (m *Mutex) Unlock() {
	if !m.locked.CompareAndSwap(true, false) {
		panic("sync: unlock of unlocked mutex")
	}
}

// RWMutex is sync.RWMutex: its state counts readers, or is -1 for a writer.
type RWMutex struct{ state atomic.Int32 }

func (m *RWMutex) TryLock() bool { return m.state.CompareAndSwap(0, -1) }
func (m *RWMutex) Lock()         { poll(m.TryLock) }
func (m *RWMutex) Unlock() {
	if !m.state.CompareAndSwap(-1, 0) {
		panic("sync: Unlock of unlocked RWMutex")
	}
}

func (m *RWMutex) TryRLock() bool {
	n := m.state.Load()
	return n >= 0 && m.state.CompareAndSwap(n, n+1)
}

func (m *RWMutex) RLock() { poll(m.TryRLock) }
func (m *RWMutex) RUnlock() {
	if m.state.Add(-1) < 0 {
		m.state.Add(1)
		panic("sync: RUnlock of unlocked RWMutex")
	}
}

// RLocker gives the reader's side as a lock of its own.
func (m *RWMutex) RLocker() sync.Locker { return readLocker{m} }

type readLocker struct{ m *RWMutex }

func (r readLocker) Lock()   { r.m.RLock() }
func (r readLocker) Unlock() { r.m.RUnlock() }

// WaitGroup is sync.WaitGroup.
type WaitGroup struct{ n atomic.Int64 }

func (g *WaitGroup) Add(delta int) {
	if g.n.Add(int64(delta)) < 0 {
		panic("sync: negative WaitGroup counter")
	}
}

func (g *WaitGroup) Done() { g.Add(-1) }
func (g *WaitGroup) Wait() { poll(func() bool { return g.n.Load() == 0 }) }

// Go calls f in a goroutine that the group waits for.
func (g *WaitGroup) Go(f func()) {
	g.Add(1)
	call := func() {
		defer g.Done()
		f()
	}
	if t := current(); t != nil {
		t.run.machine.spawn(call)
		return
	}
	go call()
}

// Cond is sync.Cond: those who wait each hold a ticket, given out in order.
type Cond struct {
	L       sync.Locker
	mu      sync.Mutex
	tickets []*atomic.Bool
}

func newCond(l sync.Locker) *Cond { return &Cond{L: l} }

func (c *Cond) Wait() {
	t := new(atomic.Bool)
	c.mu.Lock()
	c.tickets = append(c.tickets, t)
	c.mu.Unlock()
	c.L.Unlock()
	poll(t.Load)
	c.L.Lock()
}

func (c *Cond) Signal() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.tickets) > 0 {
		c.tickets[0].Store(true)
		c.tickets = c.tickets[1:]
	}
}

func (c *Cond) Broadcast() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, t := range c.tickets {
		t.Store(true)
	}
	c.tickets = nil
}

// syncSymbols replaces what would end the process or could not be interrupted.
var syncSymbols = map[string]reflect.Value{
	"Mutex": reflect.ValueOf((*Mutex)(nil)), "RWMutex": reflect.ValueOf((*RWMutex)(nil)),
	"WaitGroup": reflect.ValueOf((*WaitGroup)(nil)), "Cond": reflect.ValueOf((*Cond)(nil)),
	"NewCond": reflect.ValueOf(newCond),
}
