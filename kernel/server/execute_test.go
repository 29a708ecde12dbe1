package server_test

import (
	"encoding/json"
	"slices"
	"testing"

	"scorebook/kernel/protocol"
)

func TestOrderOfMessages(t *testing.T) {
	s := start(t)
	log := s.run("print hello, \nprint world\neprint oh\nprint again\ndisplay - figure\nvalue 42")
	want := []string{"busy", "execute_input", "stdout: hello,world", "stderr: oh", "stdout: again", "display_data",
		"execute_result", "execute_reply", "idle"}
	if got := summary(log); !slices.Equal(got, want) {
		t.Fatalf("got  %q\nwant %q", got, want)
	}
}

func TestEveryMessageIsWellFormed(t *testing.T) {
	s := start(t)
	m := request("execute_request", map[string]any{"code": "print x\nvalue 1"})
	m.RawHeader = json.RawMessage(`{ "msg_type":"execute_request",  "msg_id":"odd", "session":"é", "extra":[1] }`)
	m.Header.MsgID = "odd"
	s.Handle(protocol.Shell, m)
	seen := map[string]bool{}
	for _, got := range s.finished("odd") {
		if string(got.ParentHeader) != string(m.RawHeader) {
			t.Errorf("%s: parent header %s was changed", got.Header.MsgType, got.ParentHeader)
		}
		if got.Header.Session != "kernel-session" || got.Header.Version != "5.5" {
			t.Errorf("%s: header %+v", got.Header.MsgType, got.Header)
		}
		if seen[got.Header.MsgID] {
			t.Errorf("%s: message id used twice", got.Header.MsgType)
		}
		seen[got.Header.MsgID] = true
		if onShell := got.Header.MsgType == "execute_reply"; onShell != (got.channel == protocol.Shell) {
			t.Errorf("%s sent on %s", got.Header.MsgType, got.channel)
		}
	}
}

func TestReplyHasAllFields(t *testing.T) {
	s := start(t)
	for _, c := range [][2]string{
		{"", `{"status":"ok","execution_count":0,"payload":[],"user_expressions":{}}`},
		{"\n  ", `{"status":"ok","execution_count":0,"payload":[],"user_expressions":{}}`},
		{"fail oops", `{"status":"error","execution_count":1,"payload":[],"user_expressions":{},"ename":"TestError","evalue":"oops","traceback":["line 1","\u001b[31moops\u001b[0m"]}`},
	} {
		if got := string(only(t, s.run(c[0]), "execute_reply").Content); got != c[1] {
			t.Errorf("%q: %s\nwant %s", c[0], got, c[1])
		}
	}
}

func TestErrorIsTheOnlyOutput(t *testing.T) {
	s := start(t)
	log := s.run("fail oops")
	if got, want := summary(log), []string{"busy", "execute_input", "error", "execute_reply", "idle"}; !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	if got := string(only(t, log, "error").Content); got != `{"ename":"TestError","evalue":"oops","traceback":["line 1","\u001b[31moops\u001b[0m"]}` {
		t.Error(got)
	}
}

func TestEnginePanicCostsOneCell(t *testing.T) {
	s := start(t)
	s.run("set x 7")
	if got := content[protocol.Error](only(t, s.run("panic at the disco"), "error")); got.EName != "Error" || len(got.Traceback) == 0 {
		t.Errorf("%+v", got)
	}
	log := s.run("get x")
	if got := content[protocol.ExecuteResult](only(t, log, "execute_result")); got.Data["text/plain"] != "7" {
		t.Errorf("%+v", got)
	}
}

func TestExecutionCount(t *testing.T) {
	s := start(t)
	for i, c := range []struct {
		content map[string]any
		want    int
		input   bool
		result  bool
	}{
		{map[string]any{"code": "value 1"}, 1, true, true},
		{map[string]any{"code": "value 1", "store_history": false}, 1, true, true},
		{map[string]any{"code": "value 1", "silent": true}, 1, false, false},
		{map[string]any{"code": "value 1", "silent": true, "store_history": true}, 1, false, false},
		{map[string]any{"code": "fail x"}, 2, true, false},
		{map[string]any{"code": "value 1"}, 3, true, true},
		{map[string]any{"code": " "}, 3, false, false},
	} {
		log := s.runWith(c.content)
		if got := content[protocol.ExecuteReply](only(t, log, "execute_reply")).ExecutionCount; got != c.want {
			t.Errorf("cell %d: count %d, want %d", i, got, c.want)
		}
		if got := slices.Contains(summary(log), "execute_input"); got != c.input {
			t.Errorf("cell %d: execute_input sent: %v", i, got)
		}
		if got := slices.Contains(summary(log), "execute_result"); got != c.result {
			t.Errorf("cell %d: execute_result sent: %v", i, got)
		}
	}
	if got := s.engine.Runs()[5].Number; got != 3 {
		t.Errorf("the engine saw number %d", got)
	}
}

func TestUserExpressions(t *testing.T) {
	s := start(t)
	log := s.runWith(map[string]any{"code": "set x 7", "user_expressions": map[string]string{"a": "get x", "b": "get y"}})
	got := content[struct {
		UserExpressions map[string]struct {
			Status, EName string
			Data          map[string]string
			Metadata      map[string]any
		} `json:"user_expressions"`
	}](only(t, log, "execute_reply")).UserExpressions
	if a := got["a"]; a.Status != "ok" || a.Data["text/plain"] == "" || a.Metadata == nil {
		t.Errorf("a: %+v", a)
	}
	if b := got["b"]; b.Status != "error" || b.EName != "NameError" {
		t.Errorf("b: %+v", b)
	}
}

func TestDisplayCarriesIDs(t *testing.T) {
	s := start(t)
	log := s.run("print before\ndisplay bar 10 %\nupdate bar 20 %\nclear wait\ndisplay - x")
	want := []string{"busy", "execute_input", "stdout: before", "display_data", "update_display_data", "clear_output",
		"display_data", "execute_reply", "idle"}
	if got := summary(log); !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	for i, want := range map[int]string{
		3: `{"data":{"text/plain":"10 %"},"metadata":{},"transient":{"display_id":"bar"}}`,
		4: `{"data":{"text/plain":"20 %"},"metadata":{},"transient":{"display_id":"bar"}}`,
		5: `{"wait":true}`,
		6: `{"data":{"text/plain":"x"},"metadata":{},"transient":{}}`,
	} {
		if got := string(log[i].Content); got != want {
			t.Errorf("message %d: %s, want %s", i, got, want)
		}
	}
}

func BenchmarkCell(b *testing.B) {
	s := start(b)
	b.ReportAllocs()
	for b.Loop() {
		s.run("value 2")
		s.mu.Lock()
		s.log = nil
		s.mu.Unlock()
	}
}
