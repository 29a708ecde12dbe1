package interp

import (
	"bytes"
	"fmt"
	"log"
	"log/slog"
	"maps"
	"reflect"
	"strings"
	"sync"
	"time"
)

// host gives the symbols of compiled packages as a session's cells are to have them: with the streams of the
// running cell, with waits that an interrupt ends, and without what would end the process.
type host struct {
	machine *machine
	symbols func(path string) map[string]reflect.Value
	logger  *log.Logger

	mu    sync.Mutex
	known map[string]map[string]reflect.Value
}

func newHost(m *machine, symbols func(string) map[string]reflect.Value) *host {
	return &host{machine: m, symbols: symbols, known: map[string]map[string]reflect.Value{},
		logger: log.New(output{m, true}, "", log.LstdFlags)}
}

// lookup returns the symbols of a package, nil when there are none.
func (h *host) lookup(path string) map[string]reflect.Value {
	h.mu.Lock()
	defer h.mu.Unlock()
	if syms, ok := h.known[path]; ok {
		return syms
	}
	syms := h.symbols(path)
	if own := h.replacements(path); syms != nil && own != nil {
		syms = maps.Clone(syms)
		maps.Copy(syms, own)
	}
	h.known[path] = syms
	return syms
}

// variable gives a pointer to a package's variable.
func (h *host) variable(path, name string) any { return h.lookup(path)[name].Addr().Interface() }

func (h *host) replacements(path string) map[string]reflect.Value {
	switch path {
	case "fmt":
		return values(h.printing(), formatting)
	case "encoding/json":
		return values(marshalling())
	case "reflect":
		return values(h.machine.reflection())
	case "runtime":
		return values(map[string]any{"SetFinalizer": func(any, any) {}}) // a value is reached from its box
	case "sync":
		return syncSymbols
	case "time":
		return values(map[string]any{"Sleep": h.machine.sleep})
	case "log":
		return values(h.logging())
	case "log/slog":
		return values(h.structured())
	case "os":
		return h.files()
	case "strings":
		return values(map[string]any{"Repeat": func(s string, n int) string { return strings.Repeat(s, room(n, max(1, len(s)))) }})
	case "bytes":
		return values(map[string]any{"Repeat": func(b []byte, n int) []byte { return bytes.Repeat(b, room(n, max(1, len(b)))) }})
	}
	return nil
}

func values(tables ...map[string]any) map[string]reflect.Value {
	out := map[string]reflect.Value{}
	for _, t := range tables {
		for name, f := range t {
			out[name] = reflect.ValueOf(f)
		}
	}
	return out
}

// printing is what of fmt writes to the standard output or reads the standard input.
func (h *host) printing() map[string]any {
	out, in := output{h.machine, false}, input{h.machine}
	return map[string]any{
		"Print":   func(a ...any) (int, error) { return out.Write([]byte(sprint(a...))) },
		"Println": func(a ...any) (int, error) { return fmt.Fprintln(out, a...) },
		"Printf": func(format string, a ...any) (int, error) {
			format, a = named(format, a)
			return fmt.Fprintf(out, format, a...)
		},
		"Scan":   func(a ...any) (int, error) { return fmt.Fscan(in, a...) },
		"Scanln": func(a ...any) (int, error) { return fmt.Fscanln(in, a...) },
		"Scanf":  func(format string, a ...any) (int, error) { return fmt.Fscanf(in, format, a...) },
	}
}

// logging is log's standard logger, writing to the cell.
func (h *host) logging() map[string]any {
	l := h.logger
	return map[string]any{
		"Default": func() *log.Logger { return l }, "Print": l.Print, "Printf": l.Printf, "Println": l.Println,
		"Panic": l.Panic, "Panicf": l.Panicf, "Panicln": l.Panicln, "Fatal": l.Panic, "Fatalf": l.Panicf, "Fatalln": l.Panicln,
		"SetOutput": l.SetOutput, "SetFlags": l.SetFlags, "SetPrefix": l.SetPrefix, "Flags": l.Flags, "Prefix": l.Prefix,
		"Writer": l.Writer, "Output": l.Output,
	}
}

// structured is slog's default logger, writing to the cell.
func (h *host) structured() map[string]any {
	l := slog.New(slog.NewTextHandler(output{h.machine, true}, nil))
	return map[string]any{
		"Default": func() *slog.Logger { return l }, "Debug": l.Debug, "Info": l.Info, "Warn": l.Warn, "Error": l.Error,
		"DebugContext": l.DebugContext, "InfoContext": l.InfoContext, "WarnContext": l.WarnContext,
		"ErrorContext": l.ErrorContext, "Log": l.Log, "LogAttrs": l.LogAttrs, "With": l.With,
	}
}

// files gives cells pipes in place of the process's own output files, and a reader that asks the front end in
// place of its standard input.
func (h *host) files() map[string]reflect.Value {
	out := map[string]reflect.Value{"Stdin": reflect.ValueOf(&stdin{input{h.machine}})}
	for name, stderr := range map[string]bool{"Stdout": false, "Stderr": true} {
		file, err := h.machine.pipe(stderr)
		if err != nil {
			continue // the process is out of files; its own will do
		}
		out[name] = reflect.ValueOf(&file).Elem()
	}
	return out
}

// stdin is os.Stdin as far as a cell can use it.
type stdin struct{ input }

func (*stdin) Name() string { return "/dev/stdin" }
func (*stdin) Close() error { return nil }

// sleep is time.Sleep that an interrupt ends.
func (m *machine) sleep(d time.Duration) {
	t := current()
	m.waitFor(func() {
		select {
		case <-time.After(d):
		case <-t.done():
			panic(halted{})
		}
	})
}
