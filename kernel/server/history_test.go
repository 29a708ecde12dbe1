package server_test

import (
	"testing"

	"scorebook/kernel/protocol"
)

func TestHistory(t *testing.T) {
	s := start(t)
	for _, code := range []string{"value a", "print b", "value a", "fail c*d", "value e"} {
		s.run(code)
	}
	s.runWith(map[string]any{"code": "value hidden", "store_history": false})
	for _, c := range []struct {
		request map[string]any
		want    string
	}{
		{map[string]any{"hist_access_type": "tail", "n": 2}, `[[1,4,"fail c*d"],[1,5,"value e"]]`},
		{map[string]any{"hist_access_type": "tail", "n": 2, "output": true}, `[[1,4,["fail c*d",null]],[1,5,["value e","e"]]]`},
		{map[string]any{"hist_access_type": "tail", "n": 99}, `[[1,1,"value a"],[1,2,"print b"],[1,3,"value a"],[1,4,"fail c*d"],[1,5,"value e"]]`},
		{map[string]any{"hist_access_type": "tail", "n": 0}, `[]`},
		{map[string]any{"hist_access_type": "tail", "n": -1}, `[]`},
		{map[string]any{"hist_access_type": "range", "session": 1, "start": 2, "stop": 3}, `[[1,2,"print b"]]`},
		{map[string]any{"hist_access_type": "range", "session": 0, "start": 4}, `[[1,4,"fail c*d"],[1,5,"value e"]]`},
		{map[string]any{"hist_access_type": "range", "session": 2, "start": 1}, `[]`},
		{map[string]any{"hist_access_type": "search", "pattern": "value*"}, `[[1,1,"value a"],[1,3,"value a"],[1,5,"value e"]]`},
		{map[string]any{"hist_access_type": "search", "pattern": "value a", "unique": true}, `[[1,3,"value a"]]`},
		{map[string]any{"hist_access_type": "search", "pattern": "value ?", "n": 1}, `[[1,5,"value e"]]`},
		{map[string]any{"hist_access_type": "search", "pattern": "c.d"}, `[]`},
		{map[string]any{"hist_access_type": "search", "pattern": "*[c*", "unique": true}, `[]`},
		{map[string]any{"hist_access_type": "guess"}, `[]`},
	} {
		reply := only(t, s.finished(s.ask(protocol.Shell, "history_request", c.request)), "history_reply")
		if got, want := string(reply.Content), `{"status":"ok","history":`+c.want+`}`; got != want {
			t.Errorf("%v:\ngot  %s\nwant %s", c.request, got, want)
		}
	}
}
