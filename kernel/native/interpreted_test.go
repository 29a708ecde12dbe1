package native_test

import (
	"bytes"
	"context"
	"strings"

	"scorebook/kernel/cell"
	"scorebook/kernel/cell/exports"
	"scorebook/kernel/interp"
	"scorebook/kernel/native"
	"scorebook/kernel/prelude/symbols"
)

func init() { native.Interpret = interpret }

// interpret runs programs in a session that makes no machine code: in yaegi, as cells are given to it.
func interpret(texts []string, first, last int) ([]string, error) {
	s, err := interp.New(interp.Options{Importer: exports.New(), Symbols: symbols.Package, Interpreted: true})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	run := func(number int, text string) error {
		_, err := s.Evaluate(context.Background(), cell.Source{Number: number, Text: text}, cell.Streams{Stdout: &out})
		return err
	}
	if err := run(1, native.InputsText); err != nil {
		return nil, err
	}
	var lines []string
	for k := first; k < last; k++ {
		out.Reset()
		if err := run(k+2, texts[k]+native.RunsText(k)); err != nil {
			lines = append(lines, strings.Repeat(err.Error()+"\n", native.RunsPerProgram))
			continue
		}
		lines = append(lines, out.String())
	}
	return strings.Split(strings.TrimSuffix(strings.Join(lines, ""), "\n"), "\n"), nil
}
