package celltest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"scorebook/kernel/cell"
)

// An Answer is what the Go toolchain made of a case.
type Answer struct {
	Output string
	Failed bool // the last cell panicked
}

const oracleMain = `package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
%s)

type answer struct {
	Output string
	Failed bool
}

func run(cells []func()) (a answer) {
	r, w, _ := os.Pipe()
	real := os.Stdout
	os.Stdout = w
	done := make(chan string)
	go func() {
		b, _ := io.ReadAll(r)
		done <- string(b)
	}()
	for _, c := range cells {
		a.Failed = false
		func() {
			defer func() {
				if v := recover(); v != nil {
					a.Failed = true
					fmt.Printf("\x00error: panic: %%v\n", v)
				}
			}()
			c()
		}()
	}
	os.Stdout = real
	w.Close()
	a.Output = <-done
	return a
}

func main() {
	all := []answer{%s}
	_ = json.NewEncoder(os.Stdout).Encode(all)
}
`

// Oracle compiles cases with the Go toolchain, all in one program, and returns what is wrong with their
// expectations.
func Oracle(dir string, cases []Case, im cell.Importer) ([]string, error) {
	answers, err := Answers(dir, cases, im)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for i, c := range cases {
		if problem := c.contradicts(answers[i]); problem != "" {
			wrong = append(wrong, fmt.Sprintf("%s: %s\nGo says:\n%s", c.Name, problem, indented(answers[i].Output)))
		}
	}
	return wrong, nil
}

// Answers runs cases as Go programs. It writes them to a folder, which should be empty.
func Answers(dir string, cases []Case, im cell.Importer) ([]Answer, error) {
	module := "module oracle\n\ngo " + strings.TrimPrefix(cell.GoVersion, "go") + "\n"
	files := map[string]string{"go.mod": module}
	var imports, calls strings.Builder
	for i, c := range cases {
		name := fmt.Sprintf("case%d", i)
		text, err := c.source(name, im)
		if err != nil {
			return nil, err
		}
		files[filepath.Join(name, "case.go")] = text
		fmt.Fprintf(&imports, "\t\"oracle/%s\"\n", name)
		fmt.Fprintf(&calls, "run(%s.Cells), ", name)
	}
	files["main.go"] = fmt.Sprintf(oracleMain, imports.String(), calls.String())
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	return runOracle(dir)
}

// lineStart is where a new line must have begun: the program marks it.
var lineStart = regexp.MustCompile(`([^\n\x00])\x00`)

// packageName is what the oracle calls the package main of a case.
var packageName = regexp.MustCompile(`\b(oracle/)?case\d+\.`)

func runOracle(dir string) ([]Answer, error) {
	cmd := exec.Command("go", "run", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("celltest: the oracle does not run: %w\n%s", err, errs.String())
	}
	var answers []Answer
	if err := json.Unmarshal(out.Bytes(), &answers); err != nil {
		return nil, fmt.Errorf("celltest: the oracle's answer: %w", err)
	}
	for i := range answers {
		text := packageName.ReplaceAllString(answers[i].Output, "main.")
		answers[i].Output = strings.ReplaceAll(lineStart.ReplaceAllString(text, "$1\n"), "\x00", "")
	}
	return answers, nil
}

// contradicts is "" when a case wants what Go does.
func (c Case) contradicts(a Answer) string {
	switch {
	case c.Match == Fails && !a.Failed:
		return "the last cell does not panic"
	case c.Match == Fails:
		c.Match = Contains
	}
	return c.compare(a.Output, nil)
}
