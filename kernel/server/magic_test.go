package server_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"scorebook/kernel/protocol"
)

// said is the text of everything a cell showed.
func said(log []sent) string {
	var b strings.Builder
	for _, m := range log {
		switch m.Header.MsgType {
		case "stream":
			b.WriteString(content[protocol.Stream](m).Text)
		case "execute_result":
			text, _ := content[protocol.ExecuteResult](m).Data["text/plain"].(string)
			b.WriteString(text)
		case "error":
			e := content[protocol.Error](m)
			b.WriteString(e.EName + ": " + e.EValue + "\n" + strings.Join(e.Traceback, "\n"))
		}
	}
	return b.String()
}

func TestMagics(t *testing.T) {
	t.Setenv("SCOREBOOK_TEST", "held")
	t.Chdir(t.TempDir())
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("below", 0o755); err != nil {
		t.Fatal(err)
	}
	s := start(t)
	for _, c := range []struct {
		code  string
		words []string
	}{
		{"%help", []string{"%timeit [code]", "!command", "%who"}},
		{"%pwd", []string{here}},
		{"%cd below", []string{filepath.Join(here, "below")}},
		{"%cd ..", []string{here}},
		{"%cd nowhere", []string{"MagicError", "nowhere", "%pwd"}},
		{"%env SCOREBOOK_TEST", []string{"held"}},
		{"%env SCOREBOOK_TEST=new\n%env SCOREBOOK_TEST", []string{"new"}},
		{"%env SCOREBOOK_UNSET", []string{"MagicError", "not set"}},
		{"%tiem 1", []string{"MagicError", "no magic %tiem", "did you mean %time?"}},
		{"set a 1\n%pwd\nget a", []string{"1"}},
		{"%time value x", []string{"ran in", "compiled in", "x"}},
		{"%time", []string{"MagicError", "nothing to time"}},
		{"%%time\nprint one\n", []string{"one", "ran in"}},
		{"%timeit sleep 1ms", []string{"per turn", "loops of"}},
		{"%who", []string{"MagicError", "cannot list"}},
		{"%time fail now", []string{"TestError", "now"}},
	} {
		log := s.run(c.code)
		for _, w := range c.words {
			if got := said(log); !strings.Contains(got, w) {
				t.Errorf("%s: %q is not in %q", c.code, w, got)
			}
		}
	}
}

func TestCommand(t *testing.T) {
	if runtime.GOOS == "windows" {
		return
	}
	s := start(t)
	if got := said(s.run("!echo out; echo err >&2")); !strings.Contains(got, "out\n") || !strings.Contains(got, "err\n") {
		t.Errorf("said %q", got)
	}
	if got := said(s.run("!exit 3")); !strings.Contains(got, "exit status 3") {
		t.Errorf("said %q", got)
	}
	if got := said(s.run("!echo a \\\n  b")); got != "a b\n" {
		t.Errorf("said %q", got)
	}
}

func TestInterruptEndsACommandWithItsChildren(t *testing.T) {
	if runtime.GOOS == "windows" {
		return
	}
	marker := filepath.Join(t.TempDir(), "alive")
	s := start(t)
	id := s.ask(protocol.Shell, "execute_request", map[string]any{"code": "!echo started; (sleep 1; touch " + marker + ") & wait"})
	s.awaitType(id, "stream")
	began := time.Now()
	s.ask(protocol.Control, "interrupt_request", map[string]any{})
	log := s.finished(id)
	if got := said(log); !strings.Contains(got, "Interrupted") {
		t.Errorf("said %q", got)
	}
	if took := time.Since(began); took > patience/2 {
		t.Errorf("ended %v after the interrupt", took)
	}
	time.Sleep(1200 * time.Millisecond)
	if _, err := os.Stat(marker); err == nil {
		t.Error("the command's child lives on")
	}
}

func TestCompleteMagics(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("below", 0o755); err != nil {
		t.Fatal(err)
	}
	s := start(t)
	for _, c := range []struct {
		code, want string
		start      int
	}{
		{"%ti", "%time %timeit", 0},
		{"x\n%wh", "%who", 2},
		{"%%timei", "%timeit", 1},
		{"%cd be", "below/", 4},
		{"!ls be", "below/", 4},
		{"%time pri", "print prism", 6},
		{"%who\npri", "print prism", 5},
	} {
		id := s.ask(protocol.Shell, "complete_request", map[string]any{"code": c.code, "cursor_pos": len([]rune(c.code))})
		r := content[protocol.CompleteReply](s.awaitType(id, "complete_reply"))
		if got := strings.Join(r.Matches, " "); got != c.want || r.CursorStart != c.start || r.CursorEnd != len([]rune(c.code)) {
			t.Errorf("%q: %q at %d–%d, want %q at %d", c.code, got, r.CursorStart, r.CursorEnd, c.want, c.start)
		}
	}
}
