package hdf5

import "fmt"

// Messages of an object's header.
const (
	messageDataspace     = 0x01
	messageLinkInfo      = 0x02
	messageDatatype      = 0x03
	messageOldFill       = 0x04
	messageFill          = 0x05
	messageLink          = 0x06
	messageExternal      = 0x07
	messageLayout        = 0x08
	messageFilters       = 0x0B
	messageAttribute     = 0x0C
	messageContinuation  = 0x10
	messageSymbolTable   = 0x11
	messageAttributeInfo = 0x15
)

// message is one of an object's header.
type message struct {
	kind   int
	shared bool // the data say where the message is
	data   []byte
}

func find(messages []message, kind int) *message {
	for i, m := range messages {
		if m.kind == kind {
			return &messages[i]
		}
	}
	return nil
}

// piece is a stretch of messages, and format how they are written.
type piece struct {
	address, size uint64
}

type format struct {
	old     bool // of version 1
	ordered bool // with the order in which messages were made
}

// messages reads the header at an address, with its continuations.
func (f *File) messages(address uint64) ([]message, error) {
	start, err := f.block(address, min(64, uint64(f.size)-min(address, uint64(f.size))))
	if err != nil {
		return nil, err
	}
	var first piece
	var form format
	if len(start.b) >= 4 && string(start.b[:4]) == "OHDR" {
		whole := len(start.b)
		start.sign("OHDR", 2)
		flags := start.uint(1)
		if flags&0x20 != 0 {
			start.take(16) // times
		}
		if flags&0x10 != 0 {
			start.take(4) // how many attributes are stored densely
		}
		form.ordered = flags&0x04 != 0
		size := start.uint(1 << (flags & 3))
		first = piece{address + uint64(whole-len(start.b)), size}
	} else {
		if version := start.uint(1); version != 1 && start.err == nil {
			return nil, fmt.Errorf("the header at %d is none (version %d); the file is damaged", address, version)
		}
		start.take(7)
		form.old = true
		first = piece{address + 16, start.uint(4)}
	}
	if start.err != nil {
		return nil, start.err
	}
	return f.pieces(first, form)
}

// pieces reads the messages of a header from its first piece on.
func (f *File) pieces(first piece, form format) ([]message, error) {
	var messages []message
	for queue := []piece{first}; len(queue) > 0; queue = queue[1:] {
		b, err := f.block(queue[0].address, queue[0].size)
		if err != nil {
			return nil, err
		}
		if len(messages) > 0 && !form.old && len(b.b) >= 8 && string(b.b[:4]) == "OCHK" {
			b.b = b.b[4 : len(b.b)-4]
		}
		for _, m := range f.parse(b, form) {
			if m.kind != messageContinuation {
				messages = append(messages, m)
				continue
			}
			c := f.on(m.data)
			next := piece{c.address(), c.length()}
			if c.err != nil {
				return nil, c.err
			}
			queue = append(queue, next)
		}
	}
	return messages, nil
}

// parse splits a piece into messages; what is left at its end is a gap.
func (f *File) parse(b *block, form format) []message {
	var messages []message
	for len(b.b) > 0 {
		var m message
		var size int
		var flags uint64
		if form.old {
			m.kind, size, flags = b.int(2), b.int(2), b.uint(1)
			b.take(3)
		} else {
			m.kind, size, flags = b.int(1), b.int(2), b.uint(1)
			if form.ordered {
				b.take(2)
			}
		}
		m.shared, m.data = flags&2 != 0, b.take(size)
		if b.err != nil {
			break
		}
		messages = append(messages, m)
	}
	return messages
}

// resolve returns a message's data, from the header of another object when they are shared.
func (f *File) resolve(m *message) ([]byte, error) {
	if !m.shared {
		return m.data, nil
	}
	b := f.on(m.data)
	version, kind := b.uint(1), b.uint(1)
	if version == 1 {
		b.take(6)
	}
	address := b.address()
	if b.err != nil {
		return nil, b.err
	}
	if version == 3 && kind != 2 {
		return nil, fmt.Errorf("its description is in a table shared by the whole file, which is not read")
	}
	messages, err := f.messages(address)
	if err != nil {
		return nil, err
	}
	other := find(messages, m.kind)
	if other == nil || other.shared {
		return nil, fmt.Errorf("its description is not where it should be; the file is damaged")
	}
	return other.data, nil
}
