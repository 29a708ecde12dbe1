package sde

import "fmt"

// BlowUp is the error of a simulation whose state stopped being finite. Of several, it is the one of the earliest step,
// and among those of the lowest member.
type BlowUp struct {
	Member     int
	Step       int     // counted from the end of the burn-in; negative within it
	Time       float64 // Step·δt
	Coordinate int
	Value      float64 // NaN or ±Inf
	Dt         float64
}

func (b *BlowUp) Error() string {
	return fmt.Sprintf("sde: member %d blew up at step %d (t = %g): coordinate %d is %g; "+
		"try a Dt below %g, or set Bound to put such a member back to its start",
		b.Member, b.Step, b.Time, b.Coordinate+1, b.Value, b.Dt)
}

// before tells whether b comes before o in the order of steps, then members.
func (b *BlowUp) before(o *BlowUp) bool {
	return o == nil || b.Step < o.Step || b.Step == o.Step && b.Member < o.Member
}
