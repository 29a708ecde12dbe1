package wire

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"net"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

const (
	handshakeTime = 5 * time.Second
	greetingSize  = 64      // bytes before the first frame
	readySize     = 4 << 10 // a READY command holds a socket type and an identity
)

// greeter is the connection as zmq4 sees it during the handshake. zmq4 takes memory for whatever size a frame announces,
// so the one frame of the handshake is looked at first.
type greeter struct {
	net.Conn
	r    *bufio.Reader
	seen int
}

func (g *greeter) Read(p []byte) (int, error) {
	if g.seen == greetingSize {
		if err := g.inspect(); err != nil {
			return 0, err
		}
	}
	n, err := g.r.Read(p)
	g.seen += n
	return n, err
}

func (g *greeter) inspect() error {
	head, err := g.r.Peek(1)
	if err != nil {
		return err
	}
	if head[0]&flagMore != 0 {
		return fmt.Errorf("a handshake in several frames")
	}
	if head[0]&flagLong == 0 {
		return nil
	}
	if head, err = g.r.Peek(9); err != nil {
		return err
	}
	if size := binary.BigEndian.Uint64(head[1:]); size > readySize {
		return fmt.Errorf("a handshake of %d bytes", size)
	}
	return nil
}

// shake does the handshake as a socket of the given type and returns the peer's identity and what to read from then on.
// Whatever the peer sends, it ends within handshakeTime and without a panic.
func shake(conn net.Conn, kind zmq4.SocketType) (identity string, r *bufio.Reader, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("malformed handshake: %v", broken)
		}
	}()
	if err := conn.SetDeadline(time.Now().Add(handshakeTime)); err != nil {
		return "", nil, err
	}
	r = bufio.NewReaderSize(conn, 64<<10)
	opened, err := zmq4.Open(&greeter{Conn: conn, r: r}, null.Security(), kind, nil, true, nil)
	if err != nil {
		return "", nil, err
	}
	return opened.Peer.Meta["Identity"], r, conn.SetDeadline(time.Time{})
}
