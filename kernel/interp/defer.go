package interp

// Deferred holds the calls that one run of a function has deferred.
type Deferred struct {
	m         *machine
	calls     []func()
	panicking any
	active    bool // a panic is on its way and was not recovered
	depth     int  // calls under way when the function began
	places    []int
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
	if d.active {
		d.places = d.m.traceTo(d.depth)
	}
	for len(d.calls) > 0 {
		f := d.calls[len(d.calls)-1]
		d.calls = d.calls[:len(d.calls)-1]
		d.call(f)
	}
	if d.active {
		d.m.setTrace(d.places)
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
		d.m.setTrace(nil)
	}
	defer func() {
		if r := recover(); r != nil {
			d.panicking, d.active, d.places = r, true, d.m.trace()
		}
		if t != nil {
			t.frames = outer
			d.m.setTrace(nil)
		}
	}()
	f()
}

// direct notes that the deferred call which begins now may call recover.
func (m *machine) direct() {
	if t := current(); t != nil {
		t.direct = t.frames
	}
}

// frame gives a function that calls recover what it may recover from: nil unless it was itself deferred.
func (m *machine) frame() any {
	t := current()
	if t == nil || t.direct == nil {
		return nil
	}
	d := t.direct
	t.direct = nil
	return d
}

// recovered is the built-in recover. An interrupt is not to be recovered from.
func (m *machine) recovered(frame any) any {
	d, ok := frame.(*Deferred)
	if !ok || !d.active {
		return nil
	}
	if isHalt(d.panicking) {
		return nil
	}
	d.active = false
	return inGo(d.panicking)
}
