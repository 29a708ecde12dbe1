package server_test

import (
	"slices"
	"strings"
	"testing"

	"scorebook/kernel/protocol"
)

func (s *session) answer(to sent, value string) {
	m, err := to.Child("client-session", "input_reply", map[string]any{"value": value})
	if err != nil {
		s.t.Fatal(err)
	}
	s.Handle(protocol.Stdin, m)
}

func TestInput(t *testing.T) {
	s := start(t)
	id := s.ask(protocol.Shell, "execute_request", map[string]any{"code": "print name?\nreadline\ninput secret"})
	first := s.awaitType(id, "input_request")
	if first.channel != protocol.Stdin || string(first.Identities[0]) != "client" {
		t.Errorf("sent on %s to %q", first.channel, first.Identities)
	}
	if got := string(first.Content); got != `{"prompt":"","password":false}` {
		t.Error(got)
	}
	s.answer(first, "Wiener")
	second := s.await(id, func(m sent) bool {
		return m.Header.MsgType == "input_request" && m.Header.MsgID != first.Header.MsgID
	})
	if got := string(second[len(second)-1].Content); got != `{"prompt":"secret","password":true}` {
		t.Error(got)
	}
	s.answer(second[len(second)-1], "B(t)")
	want := []string{"busy", "execute_input", "stdout: name?", "input_request", "stdout: Wiener\n", "input_request",
		"stdout: B(t)", "execute_reply", "idle"}
	if got := summary(s.finished(id)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStaleAnswersAreIgnored(t *testing.T) {
	s := start(t)
	s.Handle(protocol.Stdin, request("input_reply", protocol.InputReply{Value: "too early"}))
	id := s.ask(protocol.Shell, "execute_request", map[string]any{"code": "readline"})
	asked := s.awaitType(id, "input_request")
	other, err := request("input_request", struct{}{}).Child("client-session", "input_reply", protocol.InputReply{Value: "to another"})
	if err != nil {
		t.Fatal(err)
	}
	s.Handle(protocol.Stdin, other)
	s.answer(asked, "right")
	if got := summary(s.finished(id)); !slices.Contains(got, "stdout: right\n") {
		t.Errorf("%q", got)
	}
}

func TestAnswerWithoutParent(t *testing.T) {
	s := start(t)
	id := s.ask(protocol.Shell, "execute_request", map[string]any{"code": "readline"})
	s.awaitType(id, "input_request")
	s.Handle(protocol.Stdin, request("input_reply", protocol.InputReply{Value: "42"}))
	if got := summary(s.finished(id)); !slices.Contains(got, "stdout: 42\n") {
		t.Errorf("%q", got)
	}
}

func TestInputNotAllowed(t *testing.T) {
	s := start(t)
	log := s.runWith(map[string]any{"code": "readline", "allow_stdin": false})
	if got := content[protocol.Error](only(t, log, "error")); !strings.Contains(got.EValue, "allow_stdin is false") {
		t.Errorf("%+v", got)
	}
	if slices.Contains(summary(log), "input_request") {
		t.Error("the front end was asked all the same")
	}
}

func TestInterruptEndsInput(t *testing.T) {
	s := start(t)
	id := s.ask(protocol.Shell, "execute_request", map[string]any{"code": "readline"})
	s.awaitType(id, "input_request")
	s.Interrupt()
	if got := content[protocol.Error](only(t, s.finished(id), "error")); got.EName != "Interrupted" {
		t.Errorf("%+v", got)
	}
}
