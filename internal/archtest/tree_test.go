package archtest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const modulePath = "scorebook"

// source is one file of the tree; syntax is nil unless it is a Go file.
type source struct {
	path   string // slash-separated, from the module's root
	text   []byte
	syntax *ast.File
}

func (s source) dir() string     { return path.Dir(s.path) }
func (s source) isTest() bool    { return strings.HasSuffix(s.path, "_test.go") }
func (s source) generated() bool { return s.syntax != nil && ast.IsGenerated(s.syntax) }

// imports returns the paths a Go file imports.
func (s source) imports() []string {
	var paths []string
	if s.syntax == nil {
		return nil
	}
	for _, spec := range s.syntax.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, p)
		}
	}
	return paths
}

// readTree returns the folders and the text files of the module that contains this package.
func readTree(t *testing.T) (folders []string, files []source) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil || rel == "." {
			return err
		}
		rel = filepath.ToSlash(rel)
		if entry.IsDir() {
			if ignored(rel) {
				return filepath.SkipDir
			}
			folders = append(folders, rel)
			return nil
		}
		if !isText(rel) {
			return nil
		}
		file, err := readSource(name, rel)
		files = append(files, file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return folders, files
}

// ignored tells what git ignores, and git itself, from the tree.
func ignored(rel string) bool {
	base := path.Base(rel)
	return rel == "bin" || base == "node_modules" || (strings.HasPrefix(base, ".") && rel != ".ci")
}

func isText(rel string) bool {
	switch path.Ext(rel) {
	case ".go", ".sh", ".py", ".mjs", ".js":
		return true
	}
	return rel == ".ci/run"
}

func readSource(name, rel string) (source, error) {
	text, err := os.ReadFile(name)
	if err != nil || path.Ext(rel) != ".go" {
		return source{path: rel, text: text}, err
	}
	syntax, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
	return source{path: rel, text: text, syntax: syntax}, err
}

func (s source) lines() int { return bytes.Count(s.text, []byte("\n")) }
