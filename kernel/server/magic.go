package server

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"scorebook/kernel/cell"
	"scorebook/kernel/display"
)

// magic is one of the lines that a cell may hold beside Go.
type magic struct {
	name, args, does string
	run              func(x *execution, src cell.Source, p cell.Part) (cell.Result, error)
}

// magics is every magic, in the order in which %help lists them.
func magics() []magic {
	return []magic{
		{"help", "", "list these", (*execution).help},
		{"time", "[code]", "run code, or the rest of the cell, and say how long it took", (*execution).time},
		{"timeit", "[code]", "run code, or the rest of the cell, many times and give the mean of a turn, the loop itself included", (*execution).timeIt},
		{"who", "", "list the session's variables with their types and values", (*execution).who},
		{"native", "", "list which functions and loops run as machine code, and why others do not", (*execution).native},
		{"reset", "", "forget everything the session has declared", (*execution).reset},
		{"env", "[NAME[=value]]", "list, show or set variables of the environment", (*execution).env},
		{"cd", "[folder]", "change the working folder; without one, to the home folder", (*execution).changeFolder},
		{"pwd", "", "show the working folder", (*execution).folder},
		{"!", "command", "run a command of the system's shell", (*execution).command},
	}
}

// spelled is the magic as it is typed.
func (m magic) spelled() string {
	if m.name == "!" {
		return "!"
	}
	return "%" + m.name
}

// Of these an Engine offers what it can; a magic says so when it is missing.
type (
	variables interface{ Variables() []cell.Variable }
	resetter  interface{ Reset() error }
)

// magic runs one of a cell's magics.
func (x *execution) magic(src cell.Source, p cell.Part) (cell.Result, error) {
	var names []string
	for _, m := range magics() {
		if m.name == p.Magic.Name {
			return m.run(x, src, p)
		}
		names = append(names, m.name)
	}
	hint := cell.DidYouMean(p.Magic.Name, names)
	if hint == "" {
		hint = "%help lists them"
	} else {
		hint = strings.Replace(hint, "mean ", "mean %", 1)
	}
	return cell.Result{}, magicError(src, p, "there is no magic %"+p.Magic.Name, hint)
}

func magicError(src cell.Source, p cell.Part, message, hint string) error {
	return cell.NewError(src, "MagicError", cell.Diagnostic{
		Cell: src.Number, Line: p.Magic.Line, Column: 1, Message: message, Hint: hint})
}

func shownBundle(b display.Bundle) (cell.Result, error) {
	return cell.Result{Value: b, Shown: true}, nil
}

func (x *execution) help(cell.Source, cell.Part) (cell.Result, error) {
	var rows [][]string
	for _, m := range magics() {
		usage := m.spelled()
		if usage != "!" {
			usage += " "
		}
		rows = append(rows, []string{strings.TrimSpace(usage + m.args), m.does})
	}
	rows = append(rows, []string{"name?", "show what is known of a name; name?? also where it is declared"})
	return shownBundle(display.Table("", nil, rows))
}

func (x *execution) who(src cell.Source, p cell.Part) (cell.Result, error) {
	lister, ok := x.server.engine.(variables)
	if !ok {
		return cell.Result{}, magicError(src, p, "this engine cannot list its variables", "")
	}
	var rows [][]string
	for _, v := range lister.Variables() {
		rows = append(rows, []string{v.Name, v.Type, v.Value})
	}
	if rows == nil {
		return shownBundle(display.Text("no variables"))
	}
	return shownBundle(display.Table("", []string{"name", "type", "value"}, rows))
}

func (x *execution) reset(src cell.Source, p cell.Part) (cell.Result, error) {
	r, ok := x.server.engine.(resetter)
	if !ok {
		return cell.Result{}, magicError(src, p, "this engine cannot be reset", "restart the kernel instead")
	}
	return cell.Result{}, r.Reset()
}

func (x *execution) env(src cell.Source, p cell.Part) (cell.Result, error) {
	name, value, set := strings.Cut(p.Magic.Args, "=")
	name = strings.TrimSpace(name)
	switch {
	case set:
		if err := os.Setenv(name, strings.TrimSpace(value)); err != nil {
			return cell.Result{}, magicError(src, p, err.Error(), "write %env NAME=value")
		}
		return cell.Result{}, nil
	case name == "":
		all := os.Environ()
		slices.Sort(all)
		return shownBundle(display.Text(strings.Join(all, "\n")))
	}
	held, ok := os.LookupEnv(name)
	if !ok {
		return cell.Result{}, magicError(src, p, name+" is not set in the environment", "%env NAME=value sets it")
	}
	return shownBundle(display.Text(held))
}

func (x *execution) changeFolder(src cell.Source, p cell.Part) (cell.Result, error) {
	to := strings.Trim(p.Magic.Args, `"'`)
	if to == "" || to == "~" || strings.HasPrefix(to, "~/") {
		home, err := os.UserHomeDir()
		if err != nil {
			return cell.Result{}, magicError(src, p, err.Error(), "")
		}
		to = filepath.Join(home, strings.TrimPrefix(to, "~"))
	}
	if err := os.Chdir(to); err != nil {
		return cell.Result{}, magicError(src, p, err.Error(), "%pwd shows where you are")
	}
	return x.folder(src, p)
}

func (x *execution) folder(src cell.Source, p cell.Part) (cell.Result, error) {
	dir, err := os.Getwd()
	if err != nil {
		return cell.Result{}, magicError(src, p, fmt.Sprintf("the working folder is gone: %v", err), "%cd leads to another")
	}
	return shownBundle(display.Text(dir))
}
