package interp

import "reflect"

// wait chooses among cases while others run. An interrupt ends the wait.
func (m *machine) wait(cases []reflect.SelectCase) (at int, v reflect.Value, ok bool) {
	t := current()
	if t == nil || hasDefault(cases) {
		return reflect.Select(cases)
	}
	// What is ready at once needs no other goroutine to run first.
	now := append(cases[:len(cases):len(cases)], reflect.SelectCase{Dir: reflect.SelectDefault})
	if at, v, ok = reflect.Select(now); at < len(cases) {
		return at, v, ok
	}
	m.waitFor(func() {
		end := reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(t.done())}
		if at, v, ok = reflect.Select(append(cases[:len(cases):len(cases)], end)); at == len(cases) {
			panic(halted{})
		}
	})
	return at, v, ok
}

func hasDefault(cases []reflect.SelectCase) bool {
	return len(cases) > 0 && cases[len(cases)-1].Dir == reflect.SelectDefault
}

// receive waits for a value and gives a pointer to it.
func (m *machine) receive(c any) any {
	p, _ := m.receiveOK(c)
	return p
}

// receiveOK is receive with the second value of v, ok := <-c. An interrupt ends the wait.
func (m *machine) receiveOK(c any) (any, bool) {
	ch := channelOf(c)
	_, v, ok := m.wait([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: ch}})
	return pointerTo(v, ch.Type().Elem()), ok
}

func channelOf(c any) reflect.Value {
	if b, ok := c.(Box); ok {
		c = b.V
	}
	return reflect.ValueOf(c)
}

func pointerTo(v reflect.Value, t reflect.Type) any {
	p := reflect.New(t)
	if v.IsValid() {
		p.Elem().Set(v)
	}
	return p.Interface()
}

// send sends the value that p points to. An interrupt ends the wait.
func (m *machine) send(c, p any) {
	m.wait([]reflect.SelectCase{sending(c, p).(reflect.SelectCase)})
}

// sending and receiving are the cases of a select.
func sending(c, p any) any {
	return reflect.SelectCase{Dir: reflect.SelectSend, Chan: channelOf(c), Send: reflect.ValueOf(p).Elem()}
}

func receiving(c any) any {
	return reflect.SelectCase{Dir: reflect.SelectRecv, Chan: channelOf(c)}
}

// choose is a select statement: which case went ahead, a pointer to what it received, and whether there was
// something to receive.
func (m *machine) choose(hasDefault bool, cases ...any) (int, any, bool) {
	list := make([]reflect.SelectCase, len(cases), len(cases)+1)
	for i, c := range cases {
		list[i] = c.(reflect.SelectCase)
	}
	if hasDefault {
		list = append(list, reflect.SelectCase{Dir: reflect.SelectDefault})
	}
	at, v, ok := m.wait(list)
	switch {
	case list[at].Dir == reflect.SelectDefault:
		return -1, nil, false
	case list[at].Dir == reflect.SelectRecv:
		return at, pointerTo(v, list[at].Chan.Type().Elem()), ok
	}
	return at, nil, ok
}
