package server_test

import (
	"slices"
	"testing"
	"time"

	"scorebook/kernel/protocol"
)

func TestInterrupt(t *testing.T) {
	for name, interrupt := range map[string]func(*session){
		"by message": func(s *session) {
			log := s.finished(s.ask(protocol.Control, "interrupt_request", struct{}{}))
			if got, want := summary(log), []string{"busy", "interrupt_reply", "idle"}; !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
			reply := only(t, log, "interrupt_reply")
			if string(reply.Content) != `{"status":"ok"}` || reply.channel != protocol.Control {
				t.Errorf("%s on %s", reply.Content, reply.channel)
			}
		},
		"by signal": func(s *session) { s.Interrupt() },
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			s.Interrupt() // between cells: nothing to stop
			s.run("set x 7")
			s.engine.Started = make(chan string, 2)
			id := s.ask(protocol.Shell, "execute_request", map[string]any{"code": "block"})
			<-s.engine.Started
			interrupt(s)
			log := s.finished(id)
			if got := content[protocol.Error](only(t, log, "error")); got.EName != "Interrupted" || len(got.Traceback) == 0 {
				t.Errorf("%+v", got)
			}
			if got := content[protocol.ExecuteErrorReply](only(t, log, "execute_reply")); got.Status != "error" || got.EName != "Interrupted" {
				t.Errorf("%+v", got)
			}
			only(t, s.run("get x"), "execute_result")
		})
	}
}

func TestShutdown(t *testing.T) {
	for _, channel := range []protocol.Channel{protocol.Control, protocol.Shell} {
		s := start(t)
		log := s.finished(s.ask(channel, "shutdown_request", protocol.ShutdownRequest{Restart: true}))
		want := []string{"busy", "shutdown_reply", "shutdown_reply", "idle"}
		if got := summary(log); !slices.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
		if log[1].channel != channel || log[2].channel != protocol.IOPub || string(log[1].Content) != `{"status":"ok","restart":true}` {
			t.Errorf("%s on %s and %s", log[1].Content, log[1].channel, log[2].channel)
		}
		s.ended()
		if !s.restart {
			t.Error("the restart was forgotten")
		}
	}
}

func TestShutdownStopsTheRunningCell(t *testing.T) {
	s := start(t)
	s.engine.Started = make(chan string, 2)
	id := s.ask(protocol.Shell, "execute_request", map[string]any{"code": "block"})
	<-s.engine.Started
	s.ask(protocol.Control, "shutdown_request", protocol.ShutdownRequest{})
	s.finished(id)
	s.ended()
}

func (s *session) ended() {
	s.t.Helper()
	select {
	case <-s.done:
	case <-time.After(patience):
		s.t.Fatal("Run has not returned")
	}
}

func TestKernelInfo(t *testing.T) {
	s := start(t)
	for _, channel := range []protocol.Channel{protocol.Shell, protocol.Control} {
		log := s.finished(s.ask(channel, "kernel_info_request", struct{}{}))
		reply := only(t, log, "kernel_info_reply")
		got := content[protocol.KernelInfoReply](reply)
		if reply.channel != channel || got.Status != "ok" || got.ProtocolVersion != "5.5" || got.ImplementationVersion != "1.2.3" {
			t.Errorf("%s on %s", reply.Content, reply.channel)
		}
		if l := got.LanguageInfo; l.Name != "go" || l.FileExtension != ".go" || l.MIMEType != "text/x-go" {
			t.Errorf("%+v", l)
		}
		if got.SupportedFeatures == nil || len(got.SupportedFeatures) > 0 {
			t.Errorf("features %v", got.SupportedFeatures)
		}
	}
}

func TestControlAnswersWhileACellRuns(t *testing.T) {
	s := start(t)
	id := s.ask(protocol.Shell, "execute_request", map[string]any{"code": "block"})
	s.finished(s.ask(protocol.Control, "kernel_info_request", struct{}{}))
	queued := s.ask(protocol.Shell, "kernel_info_request", struct{}{})
	s.awaitType(id, "execute_input")
	s.Interrupt()
	s.finished(queued)
}

func TestComms(t *testing.T) {
	s := start(t)
	info := only(t, s.finished(s.ask(protocol.Shell, "comm_info_request", struct{}{})), "comm_info_reply")
	if got := string(info.Content); got != `{"status":"ok","comms":{}}` {
		t.Error(got)
	}
	open := s.finished(s.ask(protocol.Shell, "comm_open", map[string]any{"comm_id": "c1", "target_name": "none", "data": map[string]any{}}))
	if got := string(only(t, open, "comm_close").Content); got != `{"comm_id":"c1","data":{}}` {
		t.Error(got)
	}
	for _, msgType := range []string{"comm_msg", "comm_close"} {
		log := s.finished(s.ask(protocol.Shell, msgType, map[string]any{"comm_id": "c1", "data": map[string]any{}}))
		if got, want := summary(log), []string{"busy", "idle"}; !slices.Equal(got, want) {
			t.Errorf("%s: %q", msgType, got)
		}
	}
}

func TestUnknownTypes(t *testing.T) {
	s := start(t)
	for _, channel := range []protocol.Channel{protocol.Shell, protocol.Control} {
		log := s.finished(s.ask(channel, "create_subshell_request", struct{}{}))
		if got := content[protocol.ErrorReply](only(t, log, "create_subshell_reply")); got.Status != "error" || got.EValue == "" {
			t.Errorf("%+v", got)
		}
		if got, want := summary(s.finished(s.ask(channel, "gossip", struct{}{}))), []string{"busy", "idle"}; !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	}
	log := s.finished(s.ask(protocol.Control, "execute_request", map[string]any{"code": "value 1"}))
	if got := content[protocol.ErrorReply](only(t, log, "execute_reply")); got.EName != "UnknownRequest" {
		t.Errorf("%+v", got)
	}
}
