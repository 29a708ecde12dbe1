package main

import (
	"scorebook/kernel/cell/exports"
	"scorebook/kernel/interp"
	"scorebook/kernel/prelude/symbols"
	"scorebook/kernel/server"
)

// newEngine starts an empty session: an interpreter that knows the standard library, gonum and the prelude.
func newEngine() (server.Engine, error) {
	return interp.New(interp.Options{Importer: exports.New(), Symbols: symbols.Package})
}
