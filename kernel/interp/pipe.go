package interp

import (
	"bytes"
	"os"
	"time"
)

// A pipe carries what compiled code writes to os.Stdout or os.Stderr to the cell. A mark written at the end of a
// cell tells when all of it has arrived.
type pipe struct {
	to         output
	from, file *os.File
	arrived    chan struct{}
}

var mark = []byte("\x00scorebook\x00end\x00of\x00cell\x00")

// pipe opens a file whose bytes go to the running cell's stream.
func (m *machine) pipe(stderr bool) (*os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	p := &pipe{output{m, stderr}, r, w, make(chan struct{}, 1)}
	m.mu.Lock()
	m.pipes = append(m.pipes, p)
	m.mu.Unlock()
	go p.copy()
	return w, nil
}

func (p *pipe) copy() {
	var held []byte
	buf := make([]byte, 1<<16)
	for {
		n, err := p.from.Read(buf)
		held = append(held, buf[:n]...)
		if i := bytes.Index(held, mark); i >= 0 {
			p.write(held[:i])
			held = append([]byte(nil), held[i+len(mark):]...)
			p.arrived <- struct{}{}
		}
		keep := partOfMark(held)
		p.write(held[:len(held)-keep])
		held = append([]byte(nil), held[len(held)-keep:]...)
		if err != nil {
			return
		}
	}
}

func (p *pipe) write(text []byte) {
	if len(text) > 0 {
		_, _ = p.to.Write(text) // a front end that is gone wants no output
	}
}

// partOfMark is how many bytes at the end may be the beginning of a mark.
func partOfMark(b []byte) int {
	for n := min(len(b), len(mark)-1); n > 0; n-- {
		if bytes.HasPrefix(mark, b[len(b)-n:]) {
			return n
		}
	}
	return 0
}

// drain waits until the cell has what was written to its pipes.
func (m *machine) drain() {
	m.mu.Lock()
	pipes := m.pipes
	m.mu.Unlock()
	for _, p := range pipes {
		if _, err := p.file.Write(mark); err != nil {
			continue // the cell closed it
		}
		select {
		case <-p.arrived:
		case <-time.After(time.Second):
		}
	}
}
