package wire_test

import (
	"strings"
	"testing"

	"github.com/go-zeromq/zmq4"

	"scorebook/kernel/protocol"
)

func TestSession(t *testing.T) {
	c := start(t, 0).connect("front end")
	info := c.send(c.shell, "kernel_info_request", struct{}{})
	if m := c.recv(c.shell); m.Header.MsgType != "kernel_info_reply" || string(m.ParentHeader) != string(info.RawHeader) {
		t.Errorf("%+v", m)
	}
	c.published(info)
	run := c.send(c.shell, "execute_request", map[string]any{"code": "print hello\ndisplay a 1\nupdate a 2\nvalue 42"})
	if got, want := types(c.published(run)), "status execute_input stream display_data update_display_data execute_result status"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if m := c.recvFor(c.shell, run); m.Header.MsgType != "execute_reply" || m.Header.Session != "kernel-session" {
		t.Errorf("%+v", m)
	}
}

func TestInterruptAndInput(t *testing.T) {
	c := start(t, 0).connect("front end")
	run := c.send(c.shell, "execute_request", map[string]any{"code": "readline\nblock"})
	asked := c.recv(c.stdin)
	if asked.Header.MsgType != "input_request" {
		t.Fatalf("%+v", asked)
	}
	c.send(c.stdin, "input_reply", map[string]any{"value": "typed"})
	for c.recvFor(c.iopub, run).Header.MsgType != "stream" {
	}
	interrupt := c.send(c.control, "interrupt_request", struct{}{})
	if m := c.recvFor(c.control, interrupt); string(m.Content) != `{"status":"ok"}` {
		t.Errorf("%s", m.Content)
	}
	if m := c.recvFor(c.shell, run); !strings.Contains(string(m.Content), "Interrupted") {
		t.Errorf("%s", m.Content)
	}
}

func TestShutdownIsHeardByAll(t *testing.T) {
	k := start(t, 0)
	c, other := k.connect("asks"), k.connect("listens")
	down := c.send(c.control, "shutdown_request", map[string]any{"restart": false})
	if m := c.recvFor(c.control, down); m.Header.MsgType != "shutdown_reply" {
		t.Errorf("%+v", m)
	}
	<-k.ended
	k.sockets.Close()
	if got := types(other.published(down)); got != "status shutdown_reply status" {
		t.Error(got)
	}
}

func TestHeartbeat(t *testing.T) {
	c := start(t, 0).connect("front end")
	for _, beat := range []string{"ping", "", strings.Repeat("x", 70000)} {
		if err := c.heartbeat.Send(zmq4.NewMsgString(beat)); err != nil {
			t.Fatal(err)
		}
		if m, err := c.heartbeat.Recv(); err != nil || string(m.Bytes()) != beat {
			t.Errorf("%d bytes came back as %d (%v)", len(beat), len(m.Bytes()), err)
		}
	}
}

func TestAnswersGoToWhoAsked(t *testing.T) {
	k := start(t, 0)
	clients := []*client{k.connect("a"), k.connect("b"), k.connect("")}
	var requests []protocol.Message
	for _, c := range clients {
		requests = append(requests, c.send(c.shell, "kernel_info_request", struct{}{}))
	}
	for i, c := range clients {
		if m := c.recv(c.shell); m.Parent().MsgID != requests[i].Header.MsgID {
			t.Errorf("client %d got another's answer", i)
		}
	}
}

func TestNewestOfOneIdentityWins(t *testing.T) {
	k := start(t, 0)
	old := k.connect("same")
	request := old.send(old.shell, "kernel_info_request", struct{}{})
	old.recvFor(old.shell, request)
	newer := k.connect("same")
	request = newer.send(newer.shell, "kernel_info_request", struct{}{})
	newer.recvFor(newer.shell, request)
	k.log.awaitLine(t, "replaced by a newer connection")
}

func TestBadMessagesAreDropped(t *testing.T) {
	c := start(t, 0).connect("front end")
	good, err := protocol.New("s", "kernel_info_request", struct{}{})
	if err != nil {
		t.Fatal(err)
	}
	frames := func() [][]byte { return c.codec.Encode(good) }
	for _, change := range []func([][]byte) [][]byte{
		func(f [][]byte) [][]byte { return f[1:] },
		func(f [][]byte) [][]byte { return f[:4] },
		func(f [][]byte) [][]byte { return [][]byte{{}} },
		func(f [][]byte) [][]byte { f[1] = []byte("0000"); return f },
		func(f [][]byte) [][]byte { f[5] = []byte(`{"x":1}`); return f },
		func(f [][]byte) [][]byte { f[2] = []byte(`null`); return f },
	} {
		if err := c.shell.SendMulti(zmq4.NewMsgFrom(change(frames())...)); err != nil {
			t.Fatal(err)
		}
	}
	request := c.send(c.shell, "kernel_info_request", struct{}{})
	if m := c.recv(c.shell); m.Parent().MsgID != request.Header.MsgID {
		t.Errorf("an answer to a bad message: %+v", m)
	}
	dropped := 0
	for _, line := range c.log.lines() {
		if strings.Contains(line, "message dropped") {
			dropped++
		}
	}
	if dropped != 6 {
		t.Errorf("%d lines for 6 bad messages: %q", dropped, c.log.lines())
	}
}

func TestWhatBelongsToNobody(t *testing.T) {
	k := start(t, 0)
	m, err := protocol.New("s", "input_request", struct{}{})
	if err != nil {
		t.Fatal(err)
	}
	if k.sockets.Send(protocol.Stdin, m) == nil || k.sockets.Send(protocol.IOPub, m) == nil {
		t.Error("no error")
	}
	m.Identities = [][]byte{[]byte("gone")}
	if k.sockets.Send(protocol.Stdin, m) == nil {
		t.Error("no error")
	}
}
