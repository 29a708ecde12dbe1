package protocol_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"scorebook/kernel/protocol"
)

// Each content read from the text and written again is the same text.
var golden = []struct {
	content any
	text    string
}{
	{protocol.ExecuteRequest{}, `{"code":"x < y && z","silent":true,"store_history":false,"user_expressions":{"a":"b"},"allow_stdin":false,"stop_on_error":false}`},
	{protocol.ExecuteReply{}, `{"status":"ok","execution_count":3,"payload":[],"user_expressions":{}}`},
	{protocol.ExecuteErrorReply{}, `{"status":"error","execution_count":3,"payload":[],"user_expressions":{},"ename":"E","evalue":"v","traceback":["a","b"]}`},
	{protocol.ErrorReply{}, `{"status":"error","ename":"E","evalue":"v","traceback":[]}`},
	{protocol.Page{}, `{"source":"page","data":{"text/plain":"help"},"start":0}`},
	{protocol.Expression{}, `{"status":"ok","data":{"text/plain":"1"},"metadata":{}}`},
	{protocol.CompleteRequest{}, `{"code":"ma","cursor_pos":2}`},
	{protocol.CompleteReply{}, `{"status":"ok","matches":["math"],"cursor_start":0,"cursor_end":2,"metadata":{"_jupyter_types_experimental":[{"start":0,"end":2,"text":"math","type":"module"}]}}`},
	{protocol.InspectRequest{}, `{"code":"math","cursor_pos":2,"detail_level":1}`},
	{protocol.InspectReply{}, `{"status":"ok","found":false,"data":{},"metadata":{}}`},
	{protocol.IsCompleteRequest{}, `{"code":"for {"}`},
	{protocol.IsCompleteReply{}, `{"status":"incomplete","indent":"\t"}`},
	{protocol.KernelInfoReply{}, `{"status":"ok","protocol_version":"5.5","implementation":"i","implementation_version":"1","language_info":{"name":"go","version":"1","mimetype":"text/x-go","file_extension":".go","pygments_lexer":"go","codemirror_mode":"go","nbconvert_exporter":"script"},"banner":"b","help_links":[{"text":"t","url":"u"}],"supported_features":[]}`},
	{protocol.HistoryRequest{}, `{"output":true,"raw":true,"hist_access_type":"tail","session":0,"start":1,"stop":2,"n":5,"pattern":"*","unique":false}`},
	{protocol.HistoryReply{}, `{"status":"ok","history":[[1,1,"a"],[1,2,["b","2"]],[1,3,["c",null]]]}`},
	{protocol.CommOpen{}, `{"comm_id":"c","target_name":"t","data":{"b":1, "a":2}}`},
	{protocol.CommMsg{}, `{"comm_id":"c","data":{}}`},
	{protocol.CommClose{}, `{"comm_id":"c","data":{}}`},
	{protocol.CommInfoRequest{}, `{"target_name":"t"}`},
	{protocol.CommInfoReply{}, `{"status":"ok","comms":{"c":{"target_name":"t"}}}`},
	{protocol.ShutdownRequest{}, `{"restart":true}`},
	{protocol.ShutdownReply{}, `{"status":"ok","restart":false}`},
	{protocol.InterruptReply{}, `{"status":"ok"}`},
	{protocol.CreateSubshellReply{}, `{"status":"ok","subshell_id":"s"}`},
	{protocol.DeleteSubshellRequest{}, `{"subshell_id":"s"}`},
	{protocol.DeleteSubshellReply{}, `{"status":"ok"}`},
	{protocol.ListSubshellReply{}, `{"status":"ok","subshell_id":[]}`},
	{protocol.Debug{}, `{"type":"request","seq":1,"command":"initialize","arguments":{}}`},
	{protocol.Status{}, `{"execution_state":"busy"}`},
	{protocol.Stream{}, `{"name":"stdout","text":"∇ₓ log p <b>&\n"}`},
	{protocol.DisplayData{}, `{"data":{"text/html":"<b>x</b>"},"metadata":{"image/png":{"width":1}},"transient":{"display_id":"d"}}`},
	{protocol.ExecuteInput{}, `{"code":"1","execution_count":1}`},
	{protocol.ExecuteResult{}, `{"execution_count":1,"data":{"text/plain":"1"},"metadata":{}}`},
	{protocol.Error{}, `{"ename":"E","evalue":"v","traceback":[]}`},
	{protocol.ClearOutput{}, `{"wait":true}`},
	{protocol.IOPubWelcome{}, `{"subscription":""}`},
	{protocol.InputRequest{}, `{"prompt":"p","password":true}`},
	{protocol.InputReply{}, `{"status":"ok","value":"v"}`},
	{protocol.Header{}, `{"msg_id":"m","session":"s","username":"u","date":"2026-01-02T03:04:05.000006Z","msg_type":"t","version":"5.5"}`},
}

func TestContentsRoundTrip(t *testing.T) {
	for _, g := range golden {
		kind := reflect.TypeOf(g.content)
		value := reflect.New(kind)
		if err := json.Unmarshal([]byte(g.text), value.Interface()); err != nil {
			t.Errorf("%v: %v", kind, err)
			continue
		}
		got, err := protocol.Marshal(value.Elem().Interface())
		if want := compact(g.text); err != nil || string(got) != want {
			t.Errorf("%v: %v\ngot  %s\nwant %s", kind, err, got, want)
		}
	}
}

// compact removes the blanks that Marshal does not write.
func compact(text string) string {
	raw, err := protocol.Marshal(json.RawMessage(text))
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// No zero content has a null in it: front ends stumble over them.
func TestZeroContentsHaveNoNull(t *testing.T) {
	for _, g := range golden {
		if _, raw := g.content.(protocol.Debug); raw {
			continue
		}
		got, err := protocol.Marshal(g.content)
		if err != nil {
			t.Errorf("%T: %v", g.content, err)
		}
		var tree any
		if err := json.Unmarshal(got, &tree); err != nil || holdsNull(tree) {
			t.Errorf("%T: %s %v", g.content, got, err)
		}
	}
}

func holdsNull(tree any) bool {
	switch tree := tree.(type) {
	case nil:
		return true
	case []any:
		for _, v := range tree {
			if holdsNull(v) {
				return true
			}
		}
	case map[string]any:
		for _, v := range tree {
			if holdsNull(v) {
				return true
			}
		}
	}
	return false
}

func TestExecuteRequestDefaults(t *testing.T) {
	var r protocol.ExecuteRequest
	if err := json.Unmarshal([]byte(`{"code":"1"}`), &r); err != nil {
		t.Fatal(err)
	}
	if r.Silent || !r.StoreHistory || !r.AllowStdin || !r.StopOnError {
		t.Errorf("%+v", r)
	}
}

func TestHistoryEntryOfTheWrongShape(t *testing.T) {
	for _, raw := range []string{`[1,2]`, `{}`, `[1,2,["a"]]`, `["x",2,"a"]`, `[1,2,3]`} {
		var e protocol.HistoryEntry
		if json.Unmarshal([]byte(raw), &e) == nil {
			t.Errorf("%s was accepted as %+v", raw, e)
		}
	}
}
