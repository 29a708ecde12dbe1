package notebook

// Report is how a run ended.
type Report struct {
	Cells  int      // code cells run, the failed one included, without the one that sets parameters
	Of     int      // code cells in the notebook, likewise
	Failed *Failure // nil when every cell went well
	Checks []Check
}

// OK reports whether no cell failed and every check holds.
func (r Report) OK() bool {
	for _, c := range r.Checks {
		if !c.OK {
			return false
		}
	}
	return r.Failed == nil
}

// Failure is the cell that ended a run.
type Failure struct {
	Cell        int // the number of the code cell, from 1
	Name, Value string
	Traceback   []string
}
