package interp

import (
	"runtime"
	"sync"
	"time"
)

// A baton lets one goroutine of a session run interpreted code at a time. Two that wrote to one map would end
// the process, and no recover could help. Interpreted code hands it on at the head of a loop or function when
// another asks for it, and while it waits itself.
type baton struct {
	machine *machine
	mu      sync.Mutex
	holder  *task
	asked   time.Time // since when a task has been asking; zero when none is
}

// patience is how long a holder may keep the baton after it was asked for it. One that does not answer is inside
// compiled code and touches none of the cell's variables.
const patience = 50 * time.Millisecond

// take waits for the baton.
func (b *baton) take(t *task) {
	for pause := 20 * time.Microsecond; !b.try(t); pause = min(2*pause, time.Millisecond) {
		*b.machine.stop = true // the holder comes to turn
		time.Sleep(pause)
	}
	b.machine.resume(t)
}

func (b *baton) try(t *task) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.holder == nil, b.holder == t, !b.asked.IsZero() && time.Since(b.asked) > patience:
		b.holder, b.asked = t, time.Time{}
		return true
	case b.asked.IsZero():
		b.asked = time.Now()
	}
	return false
}

// drop gives the baton back, if the task still has it.
func (b *baton) drop(t *task) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.holder == t {
		b.holder = nil
		b.machine.suspend(t)
	}
}

// turn is where lowered source goes when it finds stop set: it ends there if its cell was interrupted, and else
// lets another task run.
func (m *machine) turn() {
	*m.stop = false
	t := current()
	if t == nil {
		if r := m.latest(); r != nil && r.interrupted.Load() {
			*m.stop = true
			panic(halted{})
		}
		return
	}
	if t.run.interrupted.Load() {
		*m.stop = true
		panic(halted{})
	}
	m.baton.drop(t)
	runtime.Gosched()
	m.baton.take(t)
}

// waitFor lets others run while this goroutine waits for something.
func (m *machine) waitFor(wait func()) {
	t := current()
	if t == nil {
		wait()
		return
	}
	m.baton.drop(t)
	defer m.baton.take(t)
	wait()
}
