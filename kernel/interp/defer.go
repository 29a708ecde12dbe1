package interp

// Deferred holds the calls that one run of a function has deferred.
type Deferred struct {
	m         *machine
	calls     []func()
	panicking any
	active    bool // a panic is on its way and was not recovered
	depth     int  // calls under way when the function began
}

func (m *machine) newDeferred() *Deferred { return &Deferred{m: m, depth: *m.depth} }

// cellDeferred holds what a cell defers outside all functions.
func (m *machine) cellDeferred() *Deferred { return m.latest().deferred }

// Push defers a call.
func (d *Deferred) Push(f func()) { d.calls = append(d.calls, f) }

// Run runs a function's body and then what it deferred, a panic or not.
func (d *Deferred) Run(body func()) {
	defer d.unwind()
	body()
}

func (d *Deferred) unwind() {
	d.panicking = recover()
	d.active = d.panicking != nil
	for len(d.calls) > 0 {
		f := d.calls[len(d.calls)-1]
		d.calls = d.calls[:len(d.calls)-1]
		d.call(f)
	}
	if d.active {
		panic(d.panicking)
	}
	*d.m.depth = d.depth
}

// call runs one deferred call, during which recover finds d.
func (d *Deferred) call(f func()) {
	t := current()
	var outer *Deferred
	if t != nil {
		outer, t.frames = t.frames, d
	}
	defer func() {
		if r := recover(); r != nil {
			d.panicking, d.active = r, true
		}
		if t != nil {
			t.frames = outer
		}
	}()
	f()
}

// recovered is the built-in recover. An interrupt is not to be recovered from.
func (m *machine) recovered() any {
	t := current()
	if t == nil || t.frames == nil {
		return nil
	}
	d := t.frames
	if _, interrupted := d.panicking.(halted); interrupted || !d.active {
		return nil
	}
	d.active = false
	return inGo(d.panicking)
}
