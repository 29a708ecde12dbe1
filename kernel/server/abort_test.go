package server_test

import (
	"slices"
	"testing"
	"time"

	"scorebook/kernel/protocol"
)

func (s *session) burst(stop bool, codes ...string) []string {
	var ids []string
	for _, code := range codes {
		ids = append(ids, s.ask(protocol.Shell, "execute_request", map[string]any{"code": code, "stop_on_error": stop}))
	}
	return ids
}

func TestErrorAbortsQueuedCells(t *testing.T) {
	s := start(t)
	ids := s.burst(true, "sleep 5ms\nfail first", "value 2", "value 3")
	info := s.ask(protocol.Shell, "kernel_info_request", struct{}{})
	if got := content[protocol.Error](only(t, s.finished(ids[0]), "error")); got.EValue != "first" {
		t.Errorf("%+v", got)
	}
	for _, id := range ids[1:] {
		log := s.finished(id)
		if got, want := summary(log), []string{"busy", "execute_reply", "idle"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		want := `{"status":"error","execution_count":1,"payload":[],"user_expressions":{},"ename":"Aborted","evalue":"an earlier cell failed","traceback":[]}`
		if got := string(only(t, log, "execute_reply").Content); got != want {
			t.Error(got)
		}
	}
	only(t, s.finished(info), "kernel_info_reply")
	only(t, s.run("value 4"), "execute_result")
}

func TestErrorMayBeIgnored(t *testing.T) {
	s := start(t)
	ids := s.burst(false, "fail first", "value 2")
	only(t, s.finished(ids[1]), "execute_result")
}

// The rest of a burst may arrive when its failed cell has long been answered: the dates tell.
func TestErrorAbortsCellsOnTheirWay(t *testing.T) {
	s := start(t)
	late := request("execute_request", map[string]any{"code": "value 2"})
	time.Sleep(2 * time.Millisecond)
	id := s.burst(true, "fail first")[0]
	s.finished(id)
	s.Handle(protocol.Shell, late)
	if got := content[protocol.ExecuteErrorReply](only(t, s.finished(late.Header.MsgID), "execute_reply")); got.EName != "Aborted" {
		t.Errorf("%+v", got)
	}
	only(t, s.run("value 3"), "execute_result")
}

// A front end whose clock is wrong, or that writes no dates, must not lose a cell.
func TestClocksDoNotMatter(t *testing.T) {
	for _, shift := range []time.Duration{-time.Hour, time.Hour} {
		s := start(t)
		send := func(code string) string {
			m := request("execute_request", map[string]any{"code": code})
			m.Header.Date = time.Now().Add(shift).UTC().Format(time.RFC3339Nano)
			s.Handle(protocol.Shell, m)
			return m.Header.MsgID
		}
		s.finished(send("fail first"))
		only(t, s.finished(send("value 2")), "execute_result")
	}
	s := start(t)
	s.finished(s.burst(true, "fail first")[0])
	m := request("execute_request", map[string]any{"code": "value 2"})
	m.Header.Date = ""
	s.Handle(protocol.Shell, m)
	only(t, s.finished(m.Header.MsgID), "execute_result")
}

func TestInterruptAbortsQueuedCells(t *testing.T) {
	s := start(t)
	s.engine.Started = make(chan string, 4)
	ids := s.burst(true, "block", "value 2")
	<-s.engine.Started
	s.Interrupt()
	if got := content[protocol.ExecuteErrorReply](only(t, s.finished(ids[1]), "execute_reply")); got.EName != "Aborted" {
		t.Errorf("%+v", got)
	}
}
