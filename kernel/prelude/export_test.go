package prelude

import "reflect"

// Together is what scores that a cell wrote are seen through.
var Together = together

// HasLoop tells whether a run takes a loop that was compiled together with the drift.
func HasLoop(s SDE, r Run) bool { return !reflect.ValueOf(compiled(s, r)).FieldByName("loop").IsNil() }
