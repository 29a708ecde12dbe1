package celltest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/txtar"
)

// A Match says how what a case yields is compared with what it wants.
type Match int

// The three ways to compare.
const (
	Exact Match = iota
	Contains
	Fails
)

// A Case is a session's cells and what is wanted of them.
type Case struct {
	Name   string
	Rule   string // what it shows, in words
	Cells  []string
	Stdin  string
	Match  Match
	Want   string
	SameGo bool // a plain Go program yields the same
}

// sections maps the names with a meaning to what they add to a case.
var sections = map[string]func(c *Case, body string){
	"cell":          func(c *Case, body string) { c.Cells = append(c.Cells, body) },
	"stdin":         func(c *Case, body string) { c.Stdin = body },
	"want":          func(c *Case, body string) { c.Match, c.Want = Exact, body },
	"want contains": func(c *Case, body string) { c.Match, c.Want = Contains, body },
	"want error":    func(c *Case, body string) { c.Match, c.Want = Fails, body },
}

// Parse reads a script. Every case must have a cell, and names must differ.
func Parse(data []byte) ([]Case, error) {
	var cases []Case
	seen := map[string]bool{}
	for _, f := range txtar.Parse(data).Files {
		body := strings.TrimSuffix(string(f.Data), "\n")
		if add, ok := sections[f.Name]; ok {
			if len(cases) == 0 {
				return nil, fmt.Errorf("celltest: section %q stands before the first case", f.Name)
			}
			add(&cases[len(cases)-1], body)
			continue
		}
		if seen[f.Name] {
			return nil, fmt.Errorf("celltest: two cases are called %q", f.Name)
		}
		seen[f.Name] = true
		cases = append(cases, newCase(f.Name, body))
	}
	for _, c := range cases {
		if len(c.Cells) == 0 {
			return nil, fmt.Errorf("celltest: case %q has no cell", c.Name)
		}
	}
	return cases, nil
}

func newCase(name, body string) Case {
	c := Case{Name: name}
	var rule []string
	for line := range strings.Lines(body) {
		if line = strings.TrimSpace(line); line == "go: same" {
			c.SameGo = true
			continue
		}
		rule = append(rule, line)
	}
	c.Rule = strings.TrimSpace(strings.Join(rule, "\n"))
	return c
}

// Load reads every script of a folder: its cases by the script's name without extension.
func Load(dir string) (map[string][]Case, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("celltest: no scripts in %s (%v)", dir, err)
	}
	scripts := map[string][]Case{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("celltest: %w", err)
		}
		cases, err := Parse(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		scripts[strings.TrimSuffix(filepath.Base(file), ".txtar")] = cases
	}
	return scripts, nil
}
