package interp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"scorebook/kernel/cell"
	"scorebook/kernel/cell/exports"
	"scorebook/kernel/interp"
	"scorebook/kernel/prelude/symbols"
)

type tcase struct{ Name string; Cells []string; Match, Want string }

func runCase(c tcase, stdin string) (string, error) {
	s, err := interp.New(interp.Options{Importer: exports.New(), Symbols: symbols.Package})
	if err != nil { return "", err }
	var out strings.Builder
	var last error
	for i, text := range c.Cells {
		var buf bytes.Buffer
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		r, err := s.Evaluate(ctx, cell.Source{Number: i+1, Text: text}, cell.Streams{Stdout: &buf, Stderr: &buf, Stdin: strings.NewReader(stdin)})
		cancel()
		if buf.Len() > 0 { out.WriteString(buf.String()); if !strings.HasSuffix(buf.String(), "\n") { out.WriteString("\n") } }
		last = err
		if err != nil { fmt.Fprintf(&out, "ERR %v\n", err); continue }
		if r.Shown { fmt.Fprintf(&out, "=> %v\n", r.Value) }
	}
	return out.String(), last
}

func TestBattery(t *testing.T) {
	var cases []tcase
	b, _ := os.ReadFile("/work/shared/battery/cells.json")
	json.Unmarshal(b, &cases)
	ok := 0
	only := os.Getenv("ONLY")
	for _, c := range cases {
		if only != "" && !strings.Contains(c.Name, only) { continue }
		if only == "" && strings.Contains(c.Name,"concurrent map") { continue }
		stdin := ""
		if strings.Contains(c.Name, "stdin") { stdin = "5 hello\n" }
		got, err := runCase(c, stdin)
		pass := false
		trim := strings.TrimSpace(got)
		switch c.Match {
		case "exact": pass = trim == strings.TrimSpace(c.Want)
		case "contains": pass = strings.Contains(got, c.Want)
		case "error": pass = err != nil || strings.Contains(got, "ERR")
		}
		if pass { ok++ } else { fmt.Printf("--- %s\n   want %q\n   got  %q\n", c.Name, c.Want, trim) }
	}
	fmt.Printf("%d of %d\n", ok, len(cases))
}
