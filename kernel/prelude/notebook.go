package prelude

import (
	"scorebook/kernel/display"
	"scorebook/plotting"

	"gonum.org/v1/gonum/mat"
)

// Display shows values in the middle of a cell, as the last line would.
func (v *Vocabulary) Display(values ...any) { v.Show(values...) }

// DisplayAs shows a value under a name, by which DisplayUpdate changes it.
func (v *Vocabulary) DisplayAs(name string, value any) {
	p := v.prelude
	p.current.Load().publisher.Display(p.renderer.Render(value), p.session+name)
}

// DisplayUpdate shows a value in the place of what DisplayAs showed under the name, in whatever cell that was.
func (v *Vocabulary) DisplayUpdate(name string, value any) {
	p := v.prelude
	p.current.Load().publisher.Update(p.renderer.Render(value), p.session+name)
}

// ClearOutput takes away what the cell has shown; with wait, only when it next shows something, so that nothing
// flickers.
func (v *Vocabulary) ClearOutput(wait bool) { v.prelude.current.Load().publisher.Clear(wait) }

// ReadLine asks whoever sits before the front end for a line.
func (v *Vocabulary) ReadLine(prompt string) string {
	return must(display.AskerFrom(v.context()).Ask(prompt, false))
}

// ReadPassword asks for a line and does not show what is typed.
func (v *Vocabulary) ReadPassword(prompt string) string {
	return must(display.AskerFrom(v.context()).Ask(prompt, true))
}

// JSON gives a value that shows as a tree of JSON, which the front end lets its reader fold.
func (v *Vocabulary) JSON(value any) any { return display.JSON(value) }

// VegaLite gives a chart from a Vega-Lite specification, version 5: a map, a struct or a text of JSON. A front end that
// cannot draw it shows the figure twin, if there is one.
func (v *Vocabulary) VegaLite(specification any, twin ...any) any {
	return must(display.VegaLite(specification, only(twin)))
}

// WithCondition gives a matrix that shows with its condition number.
func (v *Vocabulary) WithCondition(m mat.Matrix) any { return display.WithCondition(m) }

// Zoom shows the coordinates of the data against time, and those of a model, which may be nil, as a chart that can be
// zoomed and dragged.
func (v *Vocabulary) Zoom(data, model *Trajectory, options ...FigureOptions) *Interactive {
	return must(plotting.Zoom(data, model, only(options)))
}
