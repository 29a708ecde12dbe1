package wire_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"

	"scorebook/kernel/protocol"
	"scorebook/kernel/server"
	"scorebook/kernel/server/enginetest"
	"scorebook/kernel/wire"
)

const patience = 10 * time.Second

// kernel is a whole kernel but for the language.
type kernel struct {
	t       *testing.T
	sockets *wire.Sockets
	engine  *enginetest.Engine
	codec   wire.Codec
	log     *logBook
	ended   chan struct{} // the server has returned
}

// logBook is a log that may be read while it is written.
type logBook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logBook) lines() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Split(strings.TrimSpace(l.text.String()), "\n")
}

// awaitLine waits for a line of the log that holds text.
func (l *logBook) awaitLine(t *testing.T, text string) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		for _, line := range l.lines() {
			if strings.Contains(line, text) {
				return
			}
		}
	}
	t.Fatalf("no line with %q in the log: %q", text, l.lines())
}

func start(t *testing.T, stall time.Duration) *kernel {
	t.Helper()
	k := &kernel{t: t, engine: &enginetest.Engine{}, log: &logBook{}, codec: wire.Codec{Key: []byte("secret")}, ended: make(chan struct{})}
	logger := log.New(k.log, "", 0)
	var err error
	k.sockets, err = wire.Listen(
		wire.Connection{Transport: "tcp", IP: "127.0.0.1", SignatureScheme: "hmac-sha256", Key: "secret"},
		wire.Options{Session: "kernel-session", Log: logger, Stall: stall})
	if err != nil {
		t.Fatal(err)
	}
	srv := server.New(k.engine, k.sockets, k.sockets, server.Options{Session: "kernel-session", Log: logger})
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan struct{})
	go func() { k.sockets.Serve(srv.Handle); close(served) }()
	go func() { srv.Run(ctx); close(k.ended) }()
	t.Cleanup(func() { stop(); <-k.ended; k.sockets.Close(); <-served })
	return k
}

func (k *kernel) endpoint(port int) string { return fmt.Sprintf("tcp://127.0.0.1:%d", port) }

// client is a front end with sockets of zmq4's own.
type client struct {
	*kernel
	shell, control, stdin, iopub, heartbeat zmq4.Socket
	arrived                                 map[zmq4.Socket]chan zmq4.Msg
}

// connect returns once the kernel has welcomed the client.
func (k *kernel) connect(identity string) *client {
	k.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	k.t.Cleanup(stop)
	id := zmq4.WithID(zmq4.SocketIdentity(identity))
	c := &client{kernel: k, shell: zmq4.NewDealer(ctx, id), control: zmq4.NewDealer(ctx, id), stdin: zmq4.NewDealer(ctx, id),
		iopub: zmq4.NewSub(ctx), heartbeat: zmq4.NewReq(ctx), arrived: map[zmq4.Socket]chan zmq4.Msg{}}
	at := k.sockets.Connection()
	if err := c.iopub.SetOption(zmq4.OptionSubscribe, ""); err != nil {
		k.t.Fatal(err)
	}
	for socket, port := range map[zmq4.Socket]int{c.shell: at.ShellPort, c.control: at.ControlPort, c.stdin: at.StdinPort,
		c.iopub: at.IOPubPort, c.heartbeat: at.HBPort} {
		if err := socket.Dial(k.endpoint(port)); err != nil {
			k.t.Fatal(err)
		}
		k.t.Cleanup(func() { socket.Close() })
		if socket != c.heartbeat {
			c.arrived[socket] = receive(socket)
		}
	}
	if m := c.recv(c.iopub); m.Header.MsgType != "iopub_welcome" || string(m.Content) != `{"subscription":""}` || string(m.ParentHeader) != `{}` {
		k.t.Fatalf("the first message on IOPub: %+v", m)
	}
	return c
}

// receive passes on what arrives, because Recv itself cannot be given a time limit for one call.
func receive(socket zmq4.Socket) chan zmq4.Msg {
	arrived := make(chan zmq4.Msg, 1<<16)
	go func() {
		defer close(arrived)
		for {
			m, err := socket.Recv()
			if err != nil {
				return
			}
			arrived <- m
		}
	}()
	return arrived
}

func (c *client) send(socket zmq4.Socket, msgType string, content any) protocol.Message {
	c.t.Helper()
	m, err := protocol.New("client-session", msgType, content)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := socket.SendMulti(zmq4.NewMsgFrom(c.codec.Encode(m)...)); err != nil {
		c.t.Fatal(err)
	}
	return m
}

func (c *client) recv(socket zmq4.Socket) protocol.Message {
	c.t.Helper()
	select {
	case raw, ok := <-c.arrived[socket]:
		if !ok {
			c.t.Fatal("the connection was closed")
		}
		m, err := c.codec.Decode(raw.Frames)
		if err != nil {
			c.t.Fatalf("%v: %q", err, raw.Frames)
		}
		return m
	case <-time.After(patience):
		c.t.Fatal("nothing came")
	}
	return protocol.Message{}
}

// recvFor skips what other requests caused.
func (c *client) recvFor(socket zmq4.Socket, cause protocol.Message) protocol.Message {
	c.t.Helper()
	for {
		if m := c.recv(socket); m.Parent().MsgID == cause.Header.MsgID {
			return m
		}
	}
}

// published collects what a request caused on IOPub, up to idle.
func (c *client) published(cause protocol.Message) []protocol.Message {
	c.t.Helper()
	var all []protocol.Message
	for {
		m := c.recvFor(c.iopub, cause)
		all = append(all, m)
		if m.Header.MsgType == "status" && strings.Contains(string(m.Content), "idle") {
			return all
		}
	}
}

func types(messages []protocol.Message) string {
	var names []string
	for _, m := range messages {
		names = append(names, m.Header.MsgType)
	}
	return strings.Join(names, " ")
}
