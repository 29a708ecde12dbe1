package interp

import (
	"context"
	"errors"
	"fmt"
	"go/token"
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

// callsWithin numbers the calls within compiled code that led to a panic; from is where that code was called. The call
// that a compiled loop makes stands for the loop.
func (s *Session) callsWithin(p *native.Panic, from []int) (places []int) {
	var last token.Pos
	for _, pos := range p.Calls {
		if pos != last {
			at := s.scope.FileSet().Position(pos)
			s.lowerer.Positions = append(s.lowerer.Positions, lower.Place{Position: at, In: s.lowerer.Enclosing(pos)})
			last = pos
		}
		places = append(places, len(s.lowerer.Positions)-1)
	}
	if len(places) > 0 {
		at, outer := s.placeAt(places[len(places)-1]), s.placeAt(from[0])
		if at.Filename == outer.Filename && at.Line == outer.Line && at.In == outer.In {
			places = places[:len(places)-1]
		}
	}
	return append(places, from...)
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
		places = append([]int{0}, s.callsWithin(p, places)...)
	}
	d := cell.Diagnostic{Cell: cell.Number(at.Filename), Line: at.Line, Column: at.Column, Message: panicText(r), Hint: hint, In: at.In}
	if other, ok := s.scope.Source(d.Cell); ok {
		src = other
	}
	e := cell.NewError(src, name, d)
	e.Traceback = append(e.Traceback, s.frames(places[1:])...)
	return e
}
