package archtest

import (
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestFoldersAreOfTheLayout(t *testing.T) {
	folders, files := readTree(t)
	for _, dir := range folders {
		if !inLayout(dir) {
			t.Errorf("folder %s is not of the layout", dir)
		}
	}
	for _, file := range files {
		if _, ok := rowOf(layout, file.dir()); file.syntax != nil && !ok {
			t.Errorf("%s: a Go file outside the layout's folders", file.path)
		}
	}
}

// inLayout accepts the table's folders, those above them, and below them the few names of `below`.
func inLayout(dir string) bool {
	if slices.Contains(plainFolders, dir) {
		return true
	}
	for _, name := range free {
		if above, _, found := strings.Cut(dir, "/"+name+"/"); found {
			return inLayout(above + "/" + name)
		}
	}
	for _, r := range layout {
		if within(r.dir, dir) {
			return true
		}
	}
	parent, name := path.Split(dir)
	return slices.Contains(below, name) && parent != "" && inLayout(path.Clean(parent))
}

func TestNamesSaySomething(t *testing.T) {
	folders, files := readTree(t)
	names := folders
	for _, file := range files {
		names = append(names, file.path)
	}
	for _, name := range names {
		if word, vague := vagueWord(path.Base(name)); vague {
			t.Errorf("%s: %q says nothing about what it holds", name, word)
		}
	}
}

func vagueWord(base string) (string, bool) {
	words := strings.FieldsFunc(strings.ToLower(base), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range words {
		if slices.Contains(vagueNames, w) {
			return w, true
		}
	}
	return "", false
}

func TestFilesStayShort(t *testing.T) {
	_, files := readTree(t)
	for _, file := range files {
		if n := file.lines(); n > maxLines && !file.generated() {
			t.Errorf("%s has %d lines, more than %d: split it by what it does", file.path, n, maxLines)
		}
	}
}

func TestFolderRulesBite(t *testing.T) {
	for _, dir := range []string{"kernel/jobs", "stdlib/sde/fast", "scripts", "gen", "notebooks/other"} {
		if inLayout(dir) {
			t.Errorf("folder %s is taken for one of the layout", dir)
		}
	}
	for _, base := range []string{"util.go", "matrix_helpers.go", "common_test.go"} {
		if _, vague := vagueWord(base); !vague {
			t.Errorf("file name %s passes", base)
		}
	}
}
