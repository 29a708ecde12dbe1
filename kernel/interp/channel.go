package interp

import "reflect"

// doneCase is the case of every wait that an interrupt chooses.
func (m *machine) doneCase() reflect.SelectCase {
	m.mu.Lock()
	defer m.mu.Unlock()
	return reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(m.ctx.Done())}
}

// receive waits for a value and gives a pointer to it.
func (m *machine) receive(c any) any {
	p, _ := m.receiveOK(c)
	return p
}

// receiveOK is receive with the second value of v, ok := <-c. An interrupt ends the wait.
func (m *machine) receiveOK(c any) (any, bool) {
	ch := channelOf(c)
	at, v, ok := reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: ch}, m.doneCase()})
	if at == 1 {
		halt()
	}
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
	at, _, _ := reflect.Select([]reflect.SelectCase{sending(c, p).(reflect.SelectCase), m.doneCase()})
	if at == 1 {
		halt()
	}
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
	} else {
		list = append(list, m.doneCase())
	}
	at, v, ok := reflect.Select(list)
	switch {
	case at < len(cases) && list[at].Dir == reflect.SelectRecv:
		return at, pointerTo(v, list[at].Chan.Type().Elem()), ok
	case at == len(cases) && !hasDefault:
		halt()
	case at == len(cases):
		return -1, nil, false
	}
	return at, nil, ok
}
