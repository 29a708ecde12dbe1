package notebook

import (
	"errors"
	"sync"

	"scorebook/kernel/protocol"
)

// frontEnd stands where JupyterLab would: it takes the server's messages and keeps the outputs of each cell.
type frontEnd struct {
	session string

	mu       sync.Mutex
	pages    map[string]*page    // by the id of the request
	displays map[string][]*shown // by display id
	replies  map[string]protocol.Message
	waiting  map[string]chan protocol.Message // gets the reply when the request is done
	display  func(request string, data protocol.Dict, id string)
}

func newFrontEnd(display func(request string, data protocol.Dict, id string)) *frontEnd {
	return &frontEnd{
		session: protocol.NewID(), pages: map[string]*page{}, displays: map[string][]*shown{},
		replies: map[string]protocol.Message{}, waiting: map[string]chan protocol.Message{}, display: display,
	}
}

// request makes a request and the channel that gets its reply after its last output.
func (f *frontEnd) request(msgType string, content any) (protocol.Message, *page, <-chan protocol.Message, error) {
	m, err := protocol.New(f.session, msgType, content)
	p, done := &page{}, make(chan protocol.Message, 1)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pages[m.Header.MsgID], f.waiting[m.Header.MsgID] = p, done
	return m, p, done, err
}

// Send takes a reply.
func (f *frontEnd) Send(channel protocol.Channel, m protocol.Message) error {
	if channel != protocol.Shell {
		return errors.New("notebook: nobody is there to be asked")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.replies[m.Parent().MsgID] = m
	return nil
}

// Publish takes an output. It goes to the cell whose request caused it, even when that has ended.
func (f *frontEnd) Publish(m protocol.Message) {
	f.mu.Lock()
	defer f.mu.Unlock()
	request := m.Parent().MsgID
	p := f.pages[request]
	if p == nil {
		return
	}
	switch m.Header.MsgType {
	case "status":
		f.status(request, content[protocol.Status](m))
	case "stream":
		c := content[protocol.Stream](m)
		p.print(c.Name, c.Text)
	case "display_data", "update_display_data":
		f.show(request, p, m.Header.MsgType, content[protocol.DisplayData](m))
	case "execute_result":
		c := content[protocol.ExecuteResult](m)
		p.add(&shown{count: c.ExecutionCount, data: c.Data, metadata: c.Metadata})
	case "error":
		p.add(&broken{content[protocol.Error](m)})
	case "clear_output":
		p.clear(content[protocol.ClearOutput](m).Wait)
	}
}

func (f *frontEnd) status(request string, c protocol.Status) {
	if done := f.waiting[request]; done != nil && c.ExecutionState == "idle" {
		done <- f.replies[request]
		delete(f.waiting, request)
		delete(f.replies, request)
	}
}

// show adds a display, or changes every display of the same id.
func (f *frontEnd) show(request string, p *page, msgType string, c protocol.DisplayData) {
	id := c.Transient.DisplayID
	if msgType == "display_data" {
		s := &shown{data: c.Data, metadata: c.Metadata}
		p.add(s)
		if id != "" {
			f.displays[id] = append(f.displays[id], s)
		}
	} else {
		for _, s := range f.displays[id] {
			s.data, s.metadata = c.Data, c.Metadata
		}
	}
	f.display(request, c.Data, id)
}

// content reads what a message carries; the server has written it from the same struct.
func content[C any](m protocol.Message) C {
	var c C
	if err := decode(m.Content, &c); err != nil {
		panic("notebook: " + m.Header.MsgType + ": " + err.Error())
	}
	return c
}
