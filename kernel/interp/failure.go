package interp

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"scorebook/kernel/cell"
	"scorebook/kernel/lower"
	"scorebook/kernel/native"
)

// engineFault words a failure that is Scorebook's own, never the user's.
func engineFault(src cell.Source, what string) error {
	return cell.NewError(src, "EngineError", cell.Diagnostic{
		Cell: src.Number, Line: 1, Column: 1,
		Message: "Scorebook could not run this cell: " + firstLine(what),
		Hint:    "this is a fault of Scorebook's, not of the cell; writing it another way may help",
	})
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// endedBy reports whether r is compiled code's way of saying that the context ended it.
func endedBy(ctx context.Context, r any) bool {
	err, ok := r.(error)
	return ok && ctx.Err() != nil && errors.Is(err, ctx.Err())
}

// explain words a panic with the user's line.
func (s *Session) explain(ctx context.Context, src cell.Source, r any, places []int) error {
	if isHalt(r) || endedBy(ctx, r) {
		return fmt.Errorf("interrupted: %w", context.Cause(ctx))
	}
	var failed *cell.Error
	if err, ok := r.(error); ok && errors.As(err, &failed) {
		return failed
	}
	name, hint := "panic", ""
	if f, ok := r.(interface{ Hint() string }); ok {
		name, hint = "Error", f.Hint()
	}
	if len(places) == 0 {
		places = []int{*s.machine.place}
	}
	at := s.lowerer.Positions[places[0]]
	if p, ok := r.(*native.Panic); ok {
		at = lower.Place{Position: s.scope.FileSet().Position(p.Pos), In: s.lowerer.Enclosing(p.Pos)}
		places = append([]int{0}, places...)
	}
	d := cell.Diagnostic{Cell: cell.Number(at.Filename), Line: at.Line, Column: at.Column, Message: panicText(r), Hint: hint, In: at.In}
	if other, ok := s.scope.Source(d.Cell); ok {
		src = other
	}
	e := cell.NewError(src, name, d)
	e.Traceback = append(e.Traceback, s.frames(places[1:])...)
	return e
}
