package archtest

import (
	"strings"
	"testing"
)

func TestImportsFollowTheTable(t *testing.T) {
	_, files := readTree(t)
	for _, file := range files {
		for _, p := range file.imports() {
			target, ours := strings.CutPrefix(p, modulePath+"/")
			if ours && !mayImport(file, target) {
				t.Errorf("%s imports %s, which the table of layout_test.go does not allow", file.path, target)
			}
		}
	}
}

func TestOutsideModulesHaveOneImporter(t *testing.T) {
	_, files := readTree(t)
	for _, file := range files {
		for _, p := range file.imports() {
			if folders, ok := ownersOf(p); ok && !withinAny(file.dir(), folders) {
				t.Errorf("%s imports %s, which only %s may", file.path, p, strings.Join(folders, ", "))
			}
		}
	}
}

// TestRulesBite proves on imports that must not be that the two rules above can fail.
func TestRulesBite(t *testing.T) {
	for _, c := range []struct{ file, target string }{
		{"stdlib/sde/noise.go", "kernel/cell"},
		{"stdlib/sde/noise.go", "internal/numtest"},
		{"plotting/panel_test.go", "kernel/display"},
		{"kernel/cell/piece.go", "kernel/lower"},
		{"kernel/server/execute.go", "kernel/cell/exports"},
		{"elsewhere/file.go", "stdlib/sde"},
		{"kernel/server/server.go", "kernel/server/enginetest"},
	} {
		if mayImport(source{path: c.file}, c.target) {
			t.Errorf("%s may import %s", c.file, c.target)
		}
	}
	if folders, ok := ownersOf("github.com/traefik/yaegi/interp"); !ok || withinAny("kernel/lower", folders) {
		t.Error("kernel/lower may import yaegi")
	}
}

// mayImport looks the importing folder up, and for test files the wider table too. What is made for tests only tests
// and other such packages may import.
func mayImport(file source, target string) bool {
	dir := file.dir()
	if strings.HasSuffix(target, "test") && !file.isTest() && !strings.HasSuffix(dir, "test") {
		return false
	}
	r, ok := rowOf(layout, dir)
	if !ok {
		return false
	}
	if within(target, r.dir) || matchesAny(target, r.imports) {
		return true
	}
	if !file.isTest() {
		return false
	}
	wider, ok := rowOf(testImports, dir)
	return ok && matchesAny(target, wider.imports)
}

func rowOf(table []row, dir string) (row, bool) {
	for _, r := range table {
		if within(dir, r.dir) {
			return r, true
		}
	}
	return row{}, false
}

func matchesAny(target string, patterns []string) bool {
	for _, p := range patterns {
		if parent, all := strings.CutSuffix(p, "/*"); target == p || all && within(target, parent) {
			return true
		}
	}
	return false
}

func ownersOf(importPath string) ([]string, bool) {
	for _, o := range owners {
		if within(importPath, o.module) {
			return o.folders, true
		}
	}
	return nil, false
}

// within reports whether dir is parent or lies below it.
func within(dir, parent string) bool {
	return dir == parent || strings.HasPrefix(dir, parent+"/")
}

func withinAny(dir string, parents []string) bool {
	for _, p := range parents {
		if within(dir, p) {
			return true
		}
	}
	return false
}
