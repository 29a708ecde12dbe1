package interp_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"scorebook/kernel/cell"
	"scorebook/kernel/interp"
)

// hostile are cells that would end another process, or never end. Those with stop are interrupted.
var hostile = []struct {
	name, text string
	stop       bool
	fails      bool
}{
	{name: "an endless loop", text: "for {}", stop: true},
	{name: "an endless loop that works", text: "for i := 0; ; i++ { _ = fmt.Sprint(i) }", stop: true},
	{name: "endless recursion", text: "func down(n int) []string { return append(down(n+1), fmt.Sprint(n)) }\ndown(0)", fails: true},
	{name: "endless recursion of numbers", text: "func fall(n int) int { return 1 + fall(n+1) }\nfall(0)", fails: true},
	{name: "a panic three calls deep", text: "func a() { panic(1) }\nfunc b() { a() }\nfunc c() { b() }\nc()", fails: true},
	{name: "a panic in a goroutine", text: "go func() { panic(\"there\") }()\ntime.Sleep(5 * time.Millisecond)"},
	{name: "a nil dereference in a goroutine", text: "go func() { var p *int; *p = 1 }()\ntime.Sleep(5 * time.Millisecond)"},
	{name: "a deadlock", text: "c := make(chan int)\n<-c", stop: true},
	{name: "a deadlock of two", text: "d, e := make(chan int), make(chan int)\ngo func() { <-d; e <- 1 }()\n<-e", stop: true},
	{name: "an empty select", text: "select {}", stop: true},
	{name: "a lock taken twice", text: "var mu sync.Mutex\nmu.Lock()\nmu.Lock()", stop: true},
	{name: "a group nobody finishes", text: "var wg sync.WaitGroup\nwg.Add(1)\nwg.Wait()", stop: true},
	{name: "runtime.Goexit", text: "runtime.Goexit()", fails: true},
	{name: "os.Exit", text: "os.Exit(3)", fails: true},
	{name: "log.Fatal", text: "log.Fatal(1)", fails: true},
	{name: "a closed channel closed", text: "f := make(chan int)\nclose(f)\nclose(f)", fails: true},
	{name: "a send to a closed channel", text: "g := make(chan int)\nclose(g)\ng <- 1", fails: true},
	{name: "a map written by four goroutines", text: "m := map[int]int{}\nfor k := 0; k < 4; k++ { go func() { for i := 0; i < 20000; i++ { m[i%10] = i } }() }\ntime.Sleep(50 * time.Millisecond)"},
	{name: "unlock of an unlocked mutex", text: "var free sync.Mutex\nfree.Unlock()", fails: true},
	{name: "more memory than there is", text: "n := 1 << 40\nmake([]float64, n)", fails: true},
	{name: "a billion prints", text: "for i := 0; i < 1_000_000_000; i++ { fmt.Println(i) }", stop: true},
	{name: "100 MB of output", text: "s := strings.Repeat(\"x\", 1<<20)\nfor range 100 { fmt.Print(s) }"},
	{name: "a source of 1 MB", text: "t := \"" + strings.Repeat("y", 1<<20) + "\"\nlen(t)"},
	{name: "invalid UTF-8", text: "u := \"\xff\xfe\"", fails: true},
	{name: "a goroutine that prints for ever", text: "go func() { for { fmt.Println(1); time.Sleep(time.Millisecond) } }()"},
	{name: "an interrupt that is recovered from", text: "func() { defer func() { recover() }(); for {} }()", stop: true},
}

// TestHostileCells runs each in one session, and after each looks whether all variables are what they were.
func TestHostileCells(t *testing.T) {
	for _, form := range []interp.Options{{}, {Interpreted: true}} {
		s := openWith(t, form, "x, name := 41, \"kept\"\nlist := []float64{1, 2, 3}\ntable := map[string]int{\"a\": 1}")
		for i, h := range hostile {
			err := runHostile(s, i+10, h.text, h.stop)
			switch {
			case h.stop && !errors.Is(err, context.Canceled):
				t.Errorf("%s: %v, want an interrupt", h.name, err)
			case h.fails && err == nil:
				t.Errorf("%s went through", h.name)
			case !h.stop && !h.fails && err != nil:
				t.Errorf("%s: %v", h.name, err)
			}
			if got := answer(t, s, 1000+i, "fmt.Sprintln(x, name, list, table)"); strings.TrimSpace(got) != "41 kept [1 2 3] map[a:1]" {
				t.Fatalf("after %s the variables are %s", h.name, got)
			}
		}
		t.Logf("%d hostile cells survived", len(hostile))
	}
}

func runHostile(s *interp.Session, number int, text string, stop bool) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if stop {
		time.AfterFunc(50*time.Millisecond, cancel)
	}
	_, err := s.Evaluate(ctx, cell.Source{Number: number, Text: text}, cell.Streams{Stdout: io.Discard, Stderr: io.Discard, Stdin: strings.NewReader("")})
	if err != nil {
		return fmt.Errorf("cell %d: %w", number, err)
	}
	return nil
}
