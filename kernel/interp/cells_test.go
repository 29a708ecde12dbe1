package interp_test

import (
	"maps"
	"slices"
	"testing"

	"scorebook/internal/celltest"
	"scorebook/kernel/cell/exports"
	"scorebook/kernel/interp"
	"scorebook/kernel/prelude/symbols"
)

func newSession() (celltest.Engine, error) {
	return interp.New(interp.Options{Importer: exports.New(), Symbols: symbols.Package})
}

// TestCells runs every script of testdata/cells; -v prints how many cases passed.
func TestCells(t *testing.T) {
	scripts, err := celltest.Load("testdata/cells")
	if err != nil {
		t.Fatal(err)
	}
	passed, all := 0, 0
	for _, name := range slices.Sorted(maps.Keys(scripts)) {
		t.Run(name, func(t *testing.T) {
			for _, c := range scripts[name] {
				all++
				if t.Run(c.Name, func(t *testing.T) { c.Run(t, newSession) }) {
					passed++
				}
			}
		})
	}
	t.Logf("%d of %d cases passed", passed, all)
}
