package display

import (
	"fmt"
	"html"
	"math"
)

// Relation says how a checked value must stand to its bound.
type Relation string

// The relations of a Check.
const (
	Less    Relation = "<"
	Greater Relation = ">"
	Near    Relation = "±"
)

// Criterion is what a checked value must meet.
type Criterion struct {
	Relation  Relation
	Bound     float64 // the bound, or for Near the target
	Tolerance float64 // only for Near
}

// Below is met by values less than bound.
func Below(bound float64) Criterion { return Criterion{Relation: Less, Bound: bound} }

// Above is met by values greater than bound.
func Above(bound float64) Criterion { return Criterion{Relation: Greater, Bound: bound} }

// Within is met by values no further than tolerance from target.
func Within(target, tolerance float64) Criterion {
	return Criterion{Relation: Near, Bound: target, Tolerance: tolerance}
}

// Holds reports whether value meets the criterion; NaN meets none.
func (c Criterion) Holds(value float64) bool {
	switch c.Relation {
	case Less:
		return value < c.Bound
	case Greater:
		return value > c.Bound
	case Near:
		return math.Abs(value-c.Bound) <= c.Tolerance
	}
	return false
}

func (c Criterion) String() string {
	if c.Relation == Near {
		return Number(c.Bound) + " ± " + Number(c.Tolerance)
	}
	return string(c.Relation) + " " + Number(c.Bound)
}

// Check is a number beside the criterion it should meet.
type Check struct {
	Name  string
	Value float64
	Criterion
	OK bool
}

// NewCheck compares value with the criterion.
func NewCheck(name string, value float64, c Criterion) Check {
	return Check{Name: name, Value: value, Criterion: c, OK: c.Holds(value)}
}

func (c Check) sentence() string {
	switch {
	case !c.OK:
		return fmt.Sprintf("%s: %s, should be %s", c.Name, Number(c.Value), c.Criterion)
	case c.Relation == Near:
		return fmt.Sprintf("%s: %s, within %s", c.Name, Number(c.Value), c.Criterion)
	}
	return fmt.Sprintf("%s: %s %s", c.Name, Number(c.Value), c.Criterion)
}

// String is "✓ name: value < bound" or "✗ name: value, should be < bound".
func (c Check) String() string {
	if c.OK {
		return "✓ " + c.sentence()
	}
	return "✗ " + c.sentence()
}

// MIMEBundle shows the check as text, as HTML with a green tick or a red cross, and as an object for programs.
func (c Check) MIMEBundle() (data, metadata map[string]any) {
	mark, colour := "✓", "var(--jp-success-color1,#2e9e44)"
	if !c.OK {
		mark, colour = "✗", "var(--jp-error-color1,#d83a3a)"
	}
	object := map[string]any{
		"name": c.Name, "value": c.Value, "relation": string(c.Relation), "bound": c.Bound, "ok": c.OK,
	}
	if c.Relation == Near {
		object["tolerance"] = c.Tolerance
	}
	b := rich(TextHTML, fmt.Sprintf(`<div class="scorebook-check"><span style="color:%s;font-weight:bold">%s</span> %s</div>`,
		colour, mark, html.EscapeString(c.sentence())), c.String())
	b.Data[CheckJSON] = object
	return b.Clean().Data, b.Metadata
}
