package main

import (
	"fmt"
	"reflect"

	"scorebook/kernel/cell/exports"
	"scorebook/kernel/interp"
	"scorebook/kernel/prelude"
	"scorebook/kernel/prelude/symbols"
	"scorebook/kernel/server"
)

// newEngine starts an empty session: an interpreter that knows the standard library, gonum and the prelude.
func newEngine() (server.Engine, error) {
	importer := exports.New()
	words, err := prelude.Package(importer)
	if err != nil {
		return nil, fmt.Errorf("starting a session: %w", err)
	}
	p := prelude.New()
	vocabulary := p.Symbols()
	return interp.New(interp.Options{
		Importer: importer,
		Prelude:  words,
		Before:   p.Bind,
		Symbols: func(path string) map[string]reflect.Value {
			if path == prelude.Path {
				return vocabulary
			}
			return symbols.Package(path)
		},
	})
}
