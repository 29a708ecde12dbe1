package prelude

import (
	"reflect"

	"scorebook/kernel/native"
	"scorebook/stdlib/score"
	"scorebook/stdlib/sde"
)

// A function that a cell hands to the prelude and that is machine code is not called for each point: what calls it in a
// loop is made one piece with it.

// worthwhile is the number of steps that take as long as making a loop and a drift one piece.
const worthwhile = 20_000

// compiled returns s with a compiled loop for r, when its drift, and its noise if that depends on the state, are compiled
// functions of a cell and r is long.
func compiled(s SDE, r Run) SDE {
	if max(1, r.Ensemble)*(r.Steps+r.BurnIn) < worthwhile {
		return s
	}
	inner, ok := sde.InnerOf(s, r.Scheme)
	if !ok {
		return s
	}
	calls := map[string]*native.Func{"drift": native.Of(inner.Drift), "field": native.Of(inner.Field)}
	if calls["drift"] == nil || inner.Field != nil && calls["field"] == nil {
		return s
	}
	t := native.Template{Texts: inner.Texts, Root: inner.Root,
		Constants: map[string]int{"dim": inner.Dim}, Parts: map[string]string{"advance": inner.Loop}}
	f, err := t.Fill(calls, inner.Plain)
	if err != nil {
		return s
	}
	loop := f.Make(reflect.TypeFor[func(sde.Stretch) (int, int)]()).Interface().(func(sde.Stretch) (int, int))
	return s.Compiled(r.Scheme, loop)
}

// pointwise is a score that a cell gave as a compiled function of one point.
type pointwise struct {
	score.Func
	scores, jacobians func(dst, x []float64) // of many points; nil when there is none
}

// together returns a score whose functions of one point are called for many at once, when they are compiled.
func together(s Score) Score {
	f, ok := s.(ScoreFunc)
	if !ok || f.D < 1 || f.F == nil {
		return s
	}
	p := pointwise{f, native.Many(f.F, f.D, f.D), native.Many(f.J, f.D, f.D*f.D)}
	if p.scores == nil && p.jacobians == nil {
		return s
	}
	return p
}

// ScoreTo writes the score at each point of x.
func (p pointwise) ScoreTo(dst, x []float64) {
	if p.scores == nil {
		p.Func.ScoreTo(dst, x)
		return
	}
	p.scores(dst, x)
}

// JacobianTo writes the derivatives at each point of x.
func (p pointwise) JacobianTo(dst, x []float64) {
	switch {
	case p.J == nil:
		score.JacobianTo(dst, x, undifferentiated{p})
	case p.jacobians == nil:
		p.Func.JacobianTo(dst, x)
	default:
		p.jacobians(dst, x)
	}
}

// DivergenceTo writes ∇·s at each point of x.
func (p pointwise) DivergenceTo(dst, x []float64) {
	if p.J == nil {
		score.DivergenceTo(dst, x, undifferentiated{p})
		return
	}
	p.Func.DivergenceTo(dst, x)
}

// undifferentiated hides the derivatives of a score.
type undifferentiated struct{ Score }
