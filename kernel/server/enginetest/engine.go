// Package enginetest provides an engine that runs scripts instead of Go, for tests of what stands around an engine.
package enginetest

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"scorebook/kernel/cell"
	"scorebook/kernel/display"
)

// Engine runs cells whose lines are commands, a word and its argument:
//
//	print TEXT, eprint TEXT   write to stdout or stderr; \n stands for a line's end
//	bytes HEX                 write bytes to stdout
//	value TEXT                end the cell with a value
//	set NAME VALUE            remember a variable
//	get NAME                  end the cell with its value
//	display ID TEXT           show text under an id; - is no id
//	update ID TEXT            change it
//	clear now|wait            clear the output
//	check JSON                show a check
//	input PROMPT              ask, with a hidden answer, and print what was typed
//	readline                  read a line from stdin and print it
//	later TEXT                print from a goroutine once Later is closed
//	sleep DURATION            do nothing for a while
//	block                     wait for the interrupt
//	fail TEXT                 end the cell with an error
//	panic TEXT                break the engine
//
// A line that is no command is ignored.
type Engine struct {
	Started chan string   // when not nil, gets every cell's code as it starts
	Later   chan struct{} // see the command later

	mu        sync.Mutex
	variables map[string]string
	runs      []cell.Source
}

// Runs are the cells run so far.
func (e *Engine) Runs() []cell.Source {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]cell.Source(nil), e.runs...)
}

// Evaluate runs a script.
func (e *Engine) Evaluate(ctx context.Context, src cell.Source, s cell.Streams) (cell.Result, error) {
	e.mu.Lock()
	e.runs = append(e.runs, src)
	e.mu.Unlock()
	if e.Started != nil {
		e.Started <- src.Text
	}
	for line := range strings.Lines(src.Text) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		result, err := e.command(ctx, s, word, rest)
		if err != nil || result.Shown {
			return result, err
		}
	}
	return cell.Result{}, nil
}

func (e *Engine) command(ctx context.Context, s cell.Streams, word, rest string) (cell.Result, error) {
	show := display.PublisherFrom(ctx)
	first, second, _ := strings.Cut(rest, " ")
	switch word {
	case "value":
		return cell.Result{Value: rest, Shown: true, Type: "string"}, nil
	case "set":
		return cell.Result{}, e.set(first, second)
	case "get":
		return e.get(first)
	case "display":
		show.Display(display.Text(second), strings.TrimPrefix(first, "-"))
	case "update":
		show.Update(display.Text(second), first)
	case "clear":
		show.Clear(first == "wait")
	case "check":
		show.Display(display.Bundle{Data: map[string]any{display.CheckJSON: json.RawMessage(rest)}}, "")
	case "fail":
		return cell.Result{}, &cell.Error{Name: "TestError", Value: rest, Traceback: []string{"line 1", "\x1b[31m" + rest + "\x1b[0m"}}
	case "panic":
		panic(rest)
	default:
		return cell.Result{}, e.stream(ctx, s, word, rest)
	}
	return cell.Result{}, nil
}

func (e *Engine) stream(ctx context.Context, s cell.Streams, word, rest string) error {
	text := strings.ReplaceAll(rest, `\n`, "\n")
	switch word {
	case "print":
		fmt.Fprint(s.Stdout, text)
	case "eprint":
		fmt.Fprint(s.Stderr, text)
	case "bytes":
		var b []byte
		fmt.Sscanf(rest, "%x", &b)
		s.Stdout.Write(b)
	case "later":
		go func() { <-e.Later; fmt.Fprint(s.Stdout, text) }()
	case "sleep":
		d, err := time.ParseDuration(rest)
		time.Sleep(d)
		return err
	case "block":
		<-ctx.Done()
		return fmt.Errorf("stopped: %w", ctx.Err())
	case "readline":
		return readLine(s)
	case "input":
		return ask(s, rest)
	}
	return nil
}

func readLine(s cell.Streams) error {
	line, err := bufio.NewReader(s.Stdin).ReadString('\n')
	if err == nil {
		fmt.Fprint(s.Stdout, line)
	}
	return err
}

func ask(s cell.Streams, prompt string) error {
	asker := s.Stdin.(interface {
		io.Reader
		Ask(prompt string, hidden bool) (string, error)
	})
	answer, err := asker.Ask(prompt, true)
	if err == nil {
		fmt.Fprint(s.Stdout, answer)
	}
	return err
}

func (e *Engine) set(name, value string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.variables == nil {
		e.variables = map[string]string{}
	}
	e.variables[name] = value
	return nil
}

func (e *Engine) get(name string) (cell.Result, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	value, ok := e.variables[name]
	if !ok {
		return cell.Result{}, &cell.Error{Name: "NameError", Value: name + " is not set"}
	}
	return cell.Result{Value: value, Shown: true, Type: "string"}, nil
}

// Complete completes "pri" to print, and what stands behind it.
func (e *Engine) Complete(text string, cursor int) cell.Completion {
	c := cell.Completion{Start: cursor, End: cursor}
	if before := []rune(text)[:cursor]; strings.HasSuffix(string(before), "pri") {
		c.Start = cursor - len("pri")
		c.Matches = []cell.Match{{Text: "print", Kind: "function", Signature: "print TEXT"}, {Text: "prism", Kind: "variable"}}
	}
	return c
}

// Inspect knows the name print.
func (e *Engine) Inspect(text string, cursor int, detail int) cell.Inspection {
	if !strings.Contains(text, "print") {
		return cell.Inspection{}
	}
	return cell.Inspection{Found: true, Data: map[string]any{
		"text/plain": fmt.Sprintf("print TEXT (cursor %d, detail %d)", cursor, detail),
	}}
}

// Completeness goes by the last character: { is incomplete, ! is invalid.
func (e *Engine) Completeness(text string) cell.Completeness {
	switch {
	case strings.HasSuffix(text, "{"):
		return cell.Completeness{Status: "incomplete", Indent: "\t"}
	case strings.HasSuffix(text, "!"):
		return cell.Completeness{Status: "invalid"}
	}
	return cell.Completeness{Status: "complete"}
}
