package prelude

import "scorebook/kernel/display"

// Check shows a value beside the criterion it should meet, with a tick or a cross, wherever in the cell it stands. A
// cross makes `scorebook run` fail.
func (v *Vocabulary) Check(name string, value float64, c Criterion) {
	v.show(display.NewCheck(name, value, c))
}

// Below is the criterion value < bound.
func (v *Vocabulary) Below(bound float64) Criterion { return display.Below(bound) }

// Above is the criterion value > bound.
func (v *Vocabulary) Above(bound float64) Criterion { return display.Above(bound) }

// Within is the criterion |value − target| ≤ tolerance.
func (v *Vocabulary) Within(target, tolerance float64) Criterion {
	return display.Within(target, tolerance)
}

// Show shows values in the middle of a cell, as the last line would.
func (v *Vocabulary) Show(values ...any) {
	for _, value := range values {
		v.show(value)
	}
}
