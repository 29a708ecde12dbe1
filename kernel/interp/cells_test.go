package interp_test

import (
	"maps"
	"os/exec"
	"path/filepath"
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

// scripts lists the cases of both folders: what users of notebooks do, and Go's specification chapter by chapter.
func scripts(t *testing.T) map[string][]celltest.Case {
	t.Helper()
	all := map[string][]celltest.Case{}
	for _, dir := range []string{"cells", "language"} {
		found, err := celltest.Load(filepath.Join("testdata", dir))
		if err != nil {
			t.Fatal(err)
		}
		for name, cases := range found {
			all[dir+"/"+name] = cases
		}
	}
	return all
}

// TestCells runs every script; -v prints how many cases passed.
func TestCells(t *testing.T) {
	all := scripts(t)
	passed, count := 0, 0
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t.Run(name, func(t *testing.T) {
			for _, c := range all[name] {
				count++
				if t.Run(c.Name, func(t *testing.T) { c.Run(t, newSession) }) {
					passed++
				}
			}
		})
	}
	t.Logf("%d of %d cases passed", passed, count)
}

// TestCellsAgainstGo compiles the cases that are plain Go programs and compares what they print.
func TestCellsAgainstGo(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no Go toolchain")
	}
	all := scripts(t)
	var same []celltest.Case
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, c := range all[name] {
			if c.SameGo {
				same = append(same, c)
			}
		}
	}
	wrong, err := celltest.Oracle(t.TempDir(), same, exports.New())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrong {
		t.Error(w)
	}
	t.Logf("%d cases compiled", len(same))
}
