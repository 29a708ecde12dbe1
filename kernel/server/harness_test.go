package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"scorebook/kernel/protocol"
	"scorebook/kernel/server"
	"scorebook/kernel/server/enginetest"
)

// patience is how long a test waits for what should come at once.
const patience = 10 * time.Second

// sent is a message that left the server.
type sent struct {
	channel protocol.Channel
	protocol.Message
}

// session is a front end without sockets: it sees all messages in the order in which they were sent.
type session struct {
	*server.Server
	engine *enginetest.Engine
	t      testing.TB
	done   chan struct{}

	mu      sync.Mutex
	changed *sync.Cond
	log     []sent
	restart bool
}

func start(t testing.TB) *session {
	s := &session{engine: &enginetest.Engine{Later: make(chan struct{})}, t: t, done: make(chan struct{})}
	s.changed = sync.NewCond(&s.mu)
	s.Server = server.New(s.engine, s, s, server.Options{Version: "1.2.3", Session: "kernel-session"})
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		defer close(s.done)
		s.restart = s.Run(ctx)
	}()
	t.Cleanup(func() { stop(); <-s.done })
	return s
}

func (s *session) Send(channel protocol.Channel, m protocol.Message) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = append(s.log, sent{channel, m})
	s.changed.Broadcast()
	return nil
}

func (s *session) Publish(m protocol.Message) {
	if err := s.Send(protocol.IOPub, m); err != nil {
		s.t.Error(err)
	}
}

// request makes a message as a front end would.
func request(msgType string, content any) protocol.Message {
	m, err := protocol.New("client-session", msgType, content)
	if err != nil {
		panic(err)
	}
	m.Identities = [][]byte{[]byte("client")}
	return m
}

// ask sends a request and returns its id.
func (s *session) ask(channel protocol.Channel, msgType string, content any) string {
	m := request(msgType, content)
	s.Handle(channel, m)
	return m.Header.MsgID
}

func (s *session) run(code string) []sent { return s.runWith(map[string]any{"code": code}) }

func (s *session) runWith(content map[string]any) []sent {
	return s.finished(s.ask(protocol.Shell, "execute_request", content))
}

// finished waits for the idle state of a request and returns all that it caused.
func (s *session) finished(id string) []sent {
	s.t.Helper()
	return s.await(id, func(m sent) bool {
		return m.Header.MsgType == "status" && state(m) == "idle"
	})
}

// await waits for a message that a request caused and that satisfies last, and returns all it caused up to then.
func (s *session) await(id string, last func(sent) bool) []sent {
	s.t.Helper()
	timer := time.AfterFunc(patience, func() { s.changed.Broadcast() })
	defer timer.Stop()
	deadline := time.Now().Add(patience)
	s.mu.Lock()
	defer s.mu.Unlock()
	for time.Now().Before(deadline) {
		var caused []sent
		for _, m := range s.log {
			if m.Parent().MsgID != id {
				continue
			}
			caused = append(caused, m)
			if last(m) {
				return caused
			}
		}
		s.changed.Wait()
	}
	s.t.Fatalf("the awaited answer to %s did not come", id)
	return nil
}

func (s *session) awaitType(id, msgType string) sent {
	s.t.Helper()
	caused := s.await(id, func(m sent) bool { return m.Header.MsgType == msgType })
	return caused[len(caused)-1]
}

// content reads what a message carries.
func content[C any](m sent) C {
	var c C
	if err := json.Unmarshal(m.Content, &c); err != nil {
		panic(fmt.Sprintf("%s: %v", m.Header.MsgType, err))
	}
	return c
}

func state(m sent) string { return content[protocol.Status](m).ExecutionState }

// only returns the one message of a type.
func only(t *testing.T, log []sent, msgType string) sent {
	t.Helper()
	var found []sent
	for _, m := range log {
		if m.Header.MsgType == msgType {
			found = append(found, m)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d messages of type %s, want 1: %v", len(found), msgType, summary(log))
	}
	return found[0]
}

// summary tells messages in a form that is easy to compare.
func summary(log []sent) []string {
	var lines []string
	for _, m := range log {
		switch m.Header.MsgType {
		case "status":
			lines = append(lines, state(m))
		case "stream":
			c := content[protocol.Stream](m)
			lines = append(lines, c.Name+": "+c.Text)
		default:
			lines = append(lines, m.Header.MsgType)
		}
	}
	return lines
}
