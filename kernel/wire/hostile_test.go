package wire_test

import (
	"bytes"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

func (k *kernel) dial(port int) net.Conn {
	k.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(k.endpoint(port), "tcp://"))
	if err != nil {
		k.t.Fatal(err)
	}
	k.t.Cleanup(func() { conn.Close() })
	if err := conn.(*net.TCPConn).SetReadBuffer(64 << 10); err != nil {
		k.t.Fatal(err)
	}
	return conn
}

// shaken is a bare connection after the handshake.
func (k *kernel) shaken(port int, kind zmq4.SocketType) net.Conn {
	k.t.Helper()
	conn := k.dial(port)
	if _, err := zmq4.Open(conn, null.Security(), kind, nil, false, nil); err != nil {
		k.t.Fatal(err)
	}
	return conn
}

func greeting() []byte {
	b := make([]byte, 64)
	b[0], b[9], b[10] = 0xff, 0x7f, 3
	copy(b[12:], "NULL")
	return b
}

func TestBrokenHandshakes(t *testing.T) {
	k := start(t, 0)
	ports := k.sockets.Connection()
	for name, b := range map[string][]byte{
		"another protocol":     []byte("GET / HTTP/1.1\r\n\r\n" + strings.Repeat("x", 64)),
		"an enormous frame":    append(greeting(), 6, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
		"a large frame":        append(greeting(), 6, 0, 0, 0, 0x7f, 0, 0, 0, 0),
		"several frames":       append(greeting(), 5, 1, 'x'),
		"cut properties":       append(greeting(), 4, 7, 5, 'R', 'E', 'A', 'D', 'Y', 200),
		"cut property values":  append(greeting(), append([]byte{4, 12, 5}, "READY\x01a\x00\x00\x00\xff"...)...),
		"another socket type":  append(greeting(), append([]byte{4, 25, 5}, "READY\x0bSocket-Type\x00\x00\x00\x03SUB"...)...),
		"an unknown type":      append(greeting(), append([]byte{4, 25, 5}, "READY\x0bSocket-Type\x00\x00\x00\x03XXX"...)...),
		"no socket type":       append(greeting(), append([]byte{4, 6, 5}, "READY"...)...),
		"another security":     bytes.Replace(greeting(), []byte("NULL"), []byte("CURV"), 1),
		"a command of no name": append(greeting(), 4, 0),
	} {
		t.Run(name, func(t *testing.T) {
			conn := k.dial(ports.ShellPort)
			if _, err := conn.Write(b); err != nil {
				t.Fatal(err)
			}
			conn.SetDeadline(time.Now().Add(patience))
			if _, err := io.Copy(io.Discard, conn); err != nil && !strings.Contains(err.Error(), "reset") {
				t.Errorf("the connection was kept: %v", err)
			}
		})
	}
	c := k.connect("front end")
	c.recvFor(c.shell, c.send(c.shell, "kernel_info_request", struct{}{}))
}

// A silent connection must not keep others from being accepted.
func TestSilentHandshake(t *testing.T) {
	k := start(t, 0)
	for range 20 {
		k.dial(k.sockets.Connection().ShellPort)
	}
	c := k.connect("front end")
	c.recvFor(c.shell, c.send(c.shell, "kernel_info_request", struct{}{}))
}

func TestBrokenFrames(t *testing.T) {
	k := start(t, 0)
	ports := k.sockets.Connection()
	for _, port := range []int{ports.ShellPort, ports.ControlPort, ports.StdinPort} {
		conn := k.shaken(port, zmq4.Dealer)
		if _, err := conn.Write([]byte{2, 0x7f, 0, 0, 0, 0, 0, 0, 0}); err != nil {
			t.Fatal(err)
		}
		conn.SetDeadline(time.Now().Add(patience))
		if _, err := io.Copy(io.Discard, conn); err != nil {
			t.Errorf("the connection was kept: %v", err)
		}
	}
	k.log.awaitLine(t, "connection dropped: a message of more than")
}

func TestPing(t *testing.T) {
	k := start(t, 0)
	conn := k.shaken(k.sockets.Connection().ShellPort, zmq4.Dealer)
	if _, err := conn.Write(append([]byte{4, 11}, "\x04PING\x00\x0aabcd"...)); err != nil {
		t.Fatal(err)
	}
	conn.SetDeadline(time.Now().Add(patience))
	got := make([]byte, 11)
	if _, err := io.ReadFull(conn, got); err != nil || string(got) != "\x04\x09\x04PONGabcd" {
		t.Errorf("%q %v", got, err)
	}
}

func TestSubscriptions(t *testing.T) {
	k := start(t, 0)
	conn := k.shaken(k.sockets.Connection().IOPubPort, zmq4.Sub)
	topic := "kernel.kernel-session.stream"
	// As a command of ZMTP 3.1, then as a message; the second is no news and gets no welcome.
	conn.Write(append([]byte{4, byte(10 + len(topic)), 9}, "SUBSCRIBE"+topic...))
	conn.Write(append([]byte{0, byte(1 + len(topic)), 1}, topic...))
	conn.Write([]byte{0, 0})
	c := k.connect("front end")
	c.published(c.send(c.shell, "execute_request", map[string]any{"code": "print seen"}))
	conn.SetDeadline(time.Now().Add(patience))
	var got []byte
	for chunk := make([]byte, 4096); !bytes.Contains(got, []byte("seen")); {
		n, err := conn.Read(chunk)
		if err != nil {
			t.Fatalf("%v after %q", err, got)
		}
		got = append(got, chunk[:n]...)
	}
	if bytes.Count(got, []byte("iopub_welcome")) != 1 || bytes.Contains(got, []byte("busy")) {
		t.Errorf("%q", got)
	}
}

// A subscriber that has stopped reading is dropped and named in the log; the others miss nothing.
func TestStuckSubscriber(t *testing.T) {
	k := start(t, 200*time.Millisecond)
	conn := k.shaken(k.sockets.Connection().IOPubPort, zmq4.Sub)
	if _, err := conn.Write([]byte{0, 1, 1}); err != nil {
		t.Fatal(err)
	}
	c := k.connect("front end")
	line := "print " + strings.Repeat("x", 1<<20) + "\n" // 16 of them are more than all buffers on the way hold
	run := c.send(c.shell, "execute_request", map[string]any{"code": strings.Repeat(line, 16)})
	printed := 0
	for _, m := range c.published(run) {
		if m.Header.MsgType == "stream" {
			printed += len(m.Content)
		}
	}
	if printed < 16<<20 {
		t.Errorf("%d bytes arrived", printed)
	}
	k.log.awaitLine(t, "iopub: connection dropped: it took no bytes for 200ms")
}

func TestSlowSubscriberMissesNothing(t *testing.T) {
	k := start(t, time.Second)
	conn := k.shaken(k.sockets.Connection().IOPubPort, zmq4.Sub)
	if _, err := conn.Write([]byte{0, 1, 1}); err != nil {
		t.Fatal(err)
	}
	c := k.connect("front end")
	line := "print " + strings.Repeat("x", 1<<20) + "\n"
	c.send(c.shell, "execute_request", map[string]any{"code": strings.Repeat(line, 16)})
	conn.SetDeadline(time.Now().Add(3 * patience))
	seen, tail := 0, []byte(nil)
	for chunk := make([]byte, 64<<10); !bytes.Contains(tail, []byte(`"execution_state":"idle"`)); {
		time.Sleep(time.Millisecond)
		n, err := conn.Read(chunk)
		if err != nil {
			t.Fatalf("%v after %d bytes", err, seen)
		}
		seen += n
		tail = append(tail[max(0, len(tail)-1024):], chunk[:n]...)
		tail = tail[max(0, len(tail)-4096):]
	}
	if seen < 16<<20 {
		t.Errorf("only %d bytes arrived", seen)
	}
}
