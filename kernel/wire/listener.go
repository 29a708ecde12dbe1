package wire

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/go-zeromq/zmq4"
)

// listener accepts the connections of one socket. Each handshake has a goroutine and a deadline of its own, so that one
// silent connection delays nobody.
type listener struct {
	net.Listener
	kind  zmq4.SocketType
	stall time.Duration
	logf  func(format string, args ...any)

	mu     sync.Mutex
	peers  map[*peer]struct{}
	closed bool
}

const longestPause = time.Second

// serve accepts connections until the listener is closed and has each attended.
func (l *listener) serve(attend func(*peer)) {
	pause := 5 * time.Millisecond
	for {
		conn, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // such as too many open files: it may pass
			l.logf("accept: %v", err)
			time.Sleep(pause)
			pause = min(2*pause, longestPause)
			continue
		}
		pause = 5 * time.Millisecond
		go l.admit(conn, attend)
	}
}

func (l *listener) admit(conn net.Conn, attend func(*peer)) {
	identity, r, err := shake(conn, l.kind)
	if err != nil {
		l.logf("connection refused: %v", err)
		conn.Close()
		return
	}
	p := newPeer(conn, r, identity, l.stall)
	if !l.add(p) {
		p.fail(errClosed)
		return
	}
	attend(p)
	l.remove(p)
	l.report(p.why())
}

// report logs why a connection ended, unless the other side simply went.
func (l *listener) report(reason error) {
	for _, harmless := range []error{io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, errClosed, syscall.ECONNRESET, syscall.EPIPE} {
		if errors.Is(reason, harmless) {
			return
		}
	}
	if errors.Is(reason, os.ErrDeadlineExceeded) {
		reason = fmt.Errorf("it took no bytes for %v", l.stall)
	}
	l.logf("connection dropped: %v", reason)
}

func (l *listener) add(p *peer) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false
	}
	l.peers[p] = struct{}{}
	return true
}

func (l *listener) remove(p *peer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.peers, p)
}

// close stops accepting, lets the queues of all peers drain until the deadline, and ends them.
func (l *listener) close(deadline time.Time) {
	l.Listener.Close()
	l.mu.Lock()
	l.closed = true
	peers := l.peers
	l.peers = map[*peer]struct{}{}
	l.mu.Unlock()
	var drained sync.WaitGroup
	for p := range peers {
		drained.Go(func() { p.close(deadline) })
	}
	drained.Wait()
}
