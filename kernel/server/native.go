package server

import (
	"fmt"

	"scorebook/kernel/cell"
	"scorebook/kernel/display"
)

// compilations is an Engine that makes machine code.
type compilations interface{ Compilations() []cell.Compilation }

// native lists what of the session's functions is machine code, and for the rest what prevents it.
func (x *execution) native(src cell.Source, p cell.Part) (cell.Result, error) {
	engine, ok := x.server.engine.(compilations)
	if !ok {
		return cell.Result{}, magicError(src, p, "this engine makes no machine code", "")
	}
	var rows [][]string
	for _, c := range engine.Compilations() {
		form, why := "machine code", ""
		if !c.Native {
			form, why = "interpreted", c.Why
			if c.WhyLine > 0 {
				why = fmt.Sprintf("%s (cell %d, line %d)", why, c.WhyCell, c.WhyLine)
			}
		}
		rows = append(rows, []string{c.Name, fmt.Sprintf("cell %d, line %d", c.Cell, c.Line), form, why})
	}
	if rows == nil {
		return shownBundle(display.Text("no functions, literals or loops yet"))
	}
	return shownBundle(display.Table("", []string{"function", "where", "runs as", "because"}, rows))
}
