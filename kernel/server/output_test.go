package server_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"scorebook/kernel/protocol"
)

func TestManyLinesMakeFewMessages(t *testing.T) {
	s := start(t)
	var code, want strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&code, "print %d\\n\n", i)
		fmt.Fprintf(&want, "%d\n", i)
	}
	var got strings.Builder
	messages := 0
	for _, m := range s.run(code.String()) {
		if m.Header.MsgType == "stream" {
			got.WriteString(content[protocol.Stream](m).Text)
			messages++
		}
	}
	if got.String() != want.String() {
		t.Error("the text has changed on its way")
	}
	if messages > 1000 {
		t.Errorf("%d messages for 20000 lines", messages)
	}
}

func TestCharactersAreNotSplit(t *testing.T) {
	s := start(t)
	// é is c3 a9 and 😀 is f0 9f 98 80; the pauses outlast a batch, the display and the other stream force one.
	log := s.run("bytes c3\nsleep 60ms\nbytes a9\nbytes f09f\ndisplay - x\nbytes 98\neprint other\nbytes 80\nbytes ff\nprint .")
	var got strings.Builder
	for _, m := range log {
		if m.Header.MsgType == "stream" && content[protocol.Stream](m).Name == "stdout" {
			got.WriteString(content[protocol.Stream](m).Text)
		}
	}
	if want := "é😀" + string(utf8.RuneError) + "."; got.String() != want {
		t.Errorf("%q, want %q", got.String(), want)
	}
	rest := s.run("bytes c3")
	if got := summary(rest); !slices.Contains(got, "stdout: \uFFFD") {
		t.Errorf("an unfinished character was lost: %q", got)
	}
}

func TestOutputComesWhileTheCellRuns(t *testing.T) {
	s := start(t)
	id := s.ask(protocol.Shell, "execute_request", map[string]any{"code": "print working\nblock"})
	s.awaitType(id, "stream")
	s.Interrupt()
	s.finished(id)
}

func TestLateOutputBelongsToItsCell(t *testing.T) {
	s := start(t)
	first := s.ask(protocol.Shell, "execute_request", map[string]any{"code": "later from the first"})
	s.finished(first)
	second := s.ask(protocol.Shell, "execute_request", map[string]any{"code": "print second"})
	s.finished(second)
	close(s.engine.Later)
	if got := content[protocol.Stream](s.awaitType(first, "stream")); got.Text != "from the first" {
		t.Errorf("%+v", got)
	}
}
