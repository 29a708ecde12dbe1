package server_test

import (
	"slices"
	"testing"

	"scorebook/kernel/protocol"
)

func TestHelp(t *testing.T) {
	s := start(t)
	for _, c := range []struct {
		request, reply string
		content        map[string]any
		want           string
	}{
		{"complete_request", "complete_reply", map[string]any{"code": "😀 pri x", "cursor_pos": 5},
			`{"status":"ok","matches":["print","prism"],"cursor_start":2,"cursor_end":5,"metadata":{"_jupyter_types_experimental":[` +
				`{"start":2,"end":5,"text":"print","type":"function","signature":"print TEXT"},{"start":2,"end":5,"text":"prism","type":"variable"}]}}`},
		{"complete_request", "complete_reply", map[string]any{"code": "zzz", "cursor_pos": 99},
			`{"status":"ok","matches":[],"cursor_start":3,"cursor_end":3,"metadata":{"_jupyter_types_experimental":[]}}`},
		{"complete_request", "complete_reply", map[string]any{"code": "zzz", "cursor_pos": -5},
			`{"status":"ok","matches":[],"cursor_start":0,"cursor_end":0,"metadata":{"_jupyter_types_experimental":[]}}`},
		{"inspect_request", "inspect_reply", map[string]any{"code": "print", "cursor_pos": 3, "detail_level": 1},
			`{"status":"ok","found":true,"data":{"text/plain":"print TEXT (cursor 3, detail 1)"},"metadata":{}}`},
		{"inspect_request", "inspect_reply", map[string]any{"code": "", "cursor_pos": 0},
			`{"status":"ok","found":false,"data":{},"metadata":{}}`},
		{"is_complete_request", "is_complete_reply", map[string]any{"code": "f {"}, `{"status":"incomplete","indent":"\t"}`},
		{"is_complete_request", "is_complete_reply", map[string]any{"code": "f !"}, `{"status":"invalid","indent":""}`},
		{"is_complete_request", "is_complete_reply", map[string]any{"code": "print?"}, `{"status":"complete","indent":""}`},
	} {
		log := s.finished(s.ask(protocol.Shell, c.request, c.content))
		if got, want := summary(log), []string{"busy", c.reply, "idle"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		if got := string(only(t, log, c.reply).Content); got != c.want {
			t.Errorf("%v:\ngot  %s\nwant %s", c.content, got, c.want)
		}
	}
}

func TestQuestionOpensThePager(t *testing.T) {
	s := start(t)
	for code, want := range map[string]string{
		"print?":     `[{"source":"page","data":{"text/plain":"print TEXT (cursor 5, detail 0)"},"start":0}]`,
		" ??print\n": `[{"source":"page","data":{"text/plain":"print TEXT (cursor 5, detail 1)"},"start":0}]`,
		"a.b?":       `[{"source":"page","data":{"text/plain":"Nothing is known about a.b."},"start":0}]`,
		"value ?":    `[{"source":"page","data":{"text/plain":"Nothing is known about value."},"start":0}]`,
		"value x?":   `[]`,
		"?x?":        `[]`,
	} {
		reply := content[struct{ Payload jsonText }](only(t, s.run(code), "execute_reply"))
		if string(reply.Payload) != want {
			t.Errorf("%q: %s, want %s", code, reply.Payload, want)
		}
	}
}

// jsonText is JSON left as it is.
type jsonText []byte

func (j *jsonText) UnmarshalJSON(raw []byte) error { *j = slices.Clone(raw); return nil }
