package wire

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

const (
	highWater  = 8 << 20   // queued bytes above which whoever sends much has to wait
	queueLimit = 512 << 20 // queued bytes above which a peer is given up
	chunkSize  = 256 << 10 // bytes that must get through within the stall time
)

// peer is one connection after its handshake: a queue with a writer of its own, and a reader.
type peer struct {
	conn     net.Conn
	reader   *bufio.Reader
	identity string
	stall    time.Duration // how long the other side may take no bytes

	mu     sync.Mutex
	change *sync.Cond // the queue or the end changed
	queue  [][]byte
	size   int
	ended  bool  // nothing more is accepted
	reason error // why
	done   chan struct{}
}

func newPeer(conn net.Conn, r *bufio.Reader, identity string, stall time.Duration) *peer {
	p := &peer{conn: conn, reader: r, identity: identity, stall: stall, done: make(chan struct{})}
	p.change = sync.NewCond(&p.mu)
	go p.write()
	return p
}

// send queues bytes that nobody changes any more. It does not wait.
func (p *peer) send(b []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return net.ErrClosed
	}
	if p.size > queueLimit {
		p.end(fmt.Errorf("%d bytes are waiting for it", p.size))
		return p.reason
	}
	p.queue = append(p.queue, b)
	p.size += len(b)
	p.change.Broadcast()
	return nil
}

// waitRoom returns when the queue is short enough for more, or the peer has ended.
func (p *peer) waitRoom() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.size > highWater && !p.ended {
		p.change.Wait()
	}
}

func (p *peer) next() ([]byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.queue) == 0 && !p.ended {
		p.change.Wait()
	}
	if len(p.queue) == 0 || p.reason != nil {
		return nil, false
	}
	b := p.queue[0]
	p.queue[0] = nil
	p.queue = p.queue[1:]
	return b, true
}

func (p *peer) write() {
	defer close(p.done)
	defer p.conn.Close()
	for {
		b, ok := p.next()
		if !ok {
			return
		}
		if err := p.writeAll(b); err != nil {
			p.fail(err)
			return
		}
		p.mu.Lock()
		p.size -= len(b)
		p.change.Broadcast()
		p.mu.Unlock()
	}
}

// writeAll renews the deadline for each chunk: a slow reader is served, one that has stopped reading is not.
func (p *peer) writeAll(b []byte) error {
	for len(b) > 0 {
		if err := p.conn.SetWriteDeadline(time.Now().Add(p.stall)); err != nil {
			return err
		}
		n, err := p.conn.Write(b[:min(len(b), chunkSize)])
		if err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// read hands over packets until the connection ends, and answers pings by itself.
func (p *peer) read(handle func(packet)) {
	for {
		k, err := readPacket(p.reader)
		if err != nil {
			p.fail(err)
			return
		}
		if k.command == "PING" {
			p.pong(k.frames[0])
			continue
		}
		handle(k)
	}
}

// pong returns a ping's context, which follows the two bytes of its time to live.
func (p *peer) pong(body []byte) {
	if len(body) >= 2 {
		_ = p.send(encodeCommand("PONG", body[2:])) // a peer that has ended wants no answer
	}
}

// fail ends the peer at once and drops what is queued.
func (p *peer) fail(reason error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end(reason)
}

func (p *peer) end(reason error) {
	if p.reason == nil {
		p.reason = reason
	}
	p.ended = true
	p.queue = nil
	p.conn.Close()
	p.change.Broadcast()
}

var errClosed = errors.New("closed")

// close sends what is queued, as far as that works before the deadline, and ends the peer.
func (p *peer) close(deadline time.Time) {
	p.mu.Lock()
	p.ended = true
	p.change.Broadcast()
	p.mu.Unlock()
	select {
	case <-p.done:
	case <-time.After(time.Until(deadline)):
		p.fail(errClosed)
	}
}

// why is the reason for the end.
func (p *peer) why() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.reason
}
