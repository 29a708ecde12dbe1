package server_test

import (
	"encoding/json"
	"testing"

	"scorebook/kernel/protocol"
)

var requestTypes = []string{"execute_request", "is_complete_request", "complete_request", "inspect_request", "history_request",
	"comm_info_request", "kernel_info_request", "interrupt_request", "comm_open", "comm_msg", "comm_close", "nonsense_request"}

func TestMalformedContent(t *testing.T) {
	s := start(t)
	for _, msgType := range requestTypes {
		for _, raw := range []string{`null`, `[]`, `{`, ``, `"x"`, `{"code":5,"cursor_pos":"x","comm_id":[],"n":{},"detail_level":1.5}`} {
			m := request(msgType, struct{}{})
			m.Content = json.RawMessage(raw)
			s.Handle(protocol.Shell, m)
			s.finished(m.Header.MsgID)
		}
	}
	m := request("execute_request", struct{}{})
	m.Content = json.RawMessage(`{"code":5}`)
	s.Handle(protocol.Shell, m)
	if got := content[protocol.ExecuteErrorReply](only(t, s.finished(m.Header.MsgID), "execute_reply")); got.EName != "BadRequest" || got.ExecutionCount != 0 {
		t.Errorf("%+v", got)
	}
	only(t, s.run("value 1"), "execute_result")
}

func FuzzContent(f *testing.F) {
	f.Add(0, []byte(`{"code":"value 1","silent":true,"user_expressions":{"a":"get x"}}`))
	f.Add(2, []byte(`{"code":"é pri","cursor_pos":4}`))
	f.Add(4, []byte(`{"hist_access_type":"search","pattern":"*[","n":-3,"unique":true}`))
	f.Add(8, []byte(`{"comm_id":"x","target_name":"y","data":null}`))
	f.Fuzz(func(t *testing.T, kind int, raw []byte) {
		s := start(t)
		m := request(requestTypes[uint(kind)%uint(len(requestTypes))], struct{}{})
		m.Content = raw
		if m.Header.MsgType == "execute_request" && json.Valid(raw) {
			return // a script may block on purpose
		}
		s.Handle(protocol.Shell, m)
		s.finished(m.Header.MsgID)
	})
}
