package protocol_test

import (
	"encoding/json"
	"testing"
	"time"

	"scorebook/kernel/protocol"
)

func TestChildKeepsTheHeaderAsItCame(t *testing.T) {
	raw := json.RawMessage(`{ "msg_id": "1",  "msg_type":"execute_request", "unknown": [1.50] }`)
	header, err := protocol.ParseHeader(raw)
	if err != nil {
		t.Fatal(err)
	}
	parent := protocol.Message{Identities: [][]byte{[]byte("id")}, Header: header, RawHeader: raw}
	child, err := parent.Child("s", "status", protocol.Status{ExecutionState: "busy"})
	if err != nil {
		t.Fatal(err)
	}
	if string(child.ParentHeader) != string(raw) || child.Parent().MsgID != "1" || string(child.Identities[0]) != "id" {
		t.Errorf("%+v", child)
	}
	again, err := protocol.ParseHeader(child.RawHeader)
	if err != nil || again != child.Header || again.Session != "s" || again.Version != protocol.Version {
		t.Errorf("%+v %v", again, err)
	}
	if sent, ok := again.Sent(); !ok || time.Since(sent) > time.Minute || time.Since(sent) < 0 {
		t.Errorf("sent %v", sent)
	}
}

func TestDatesOfOtherSenders(t *testing.T) {
	want := time.Date(2026, 1, 2, 3, 4, 5, 6000000, time.UTC)
	for _, date := range []string{"2026-01-02T03:04:05.006Z", "2026-01-02T03:04:05.006000+00:00", "2026-01-02T04:04:05.006+01:00", "2026-01-02T03:04:05.006000"} {
		if got, ok := (protocol.Header{Date: date}).Sent(); !ok || !got.Equal(want) {
			t.Errorf("%s: %v", date, got)
		}
	}
	for _, date := range []string{"", "yesterday"} {
		if _, ok := (protocol.Header{Date: date}).Sent(); ok {
			t.Errorf("%q was taken for a date", date)
		}
	}
}

func TestMalformedHeaders(t *testing.T) {
	for _, raw := range []string{``, `[]`, `{}`, `{"msg_id":"1"}`, `{"msg_type":"t"}`, `{"msg_id":1,"msg_type":"t"}`} {
		if h, err := protocol.ParseHeader([]byte(raw)); err == nil {
			t.Errorf("%s was accepted as %+v", raw, h)
		}
	}
}

func TestContentThatCannotBeWritten(t *testing.T) {
	if _, err := protocol.New("s", "t", map[string]any{"f": func() {}}); err == nil {
		t.Error("no error")
	}
}
