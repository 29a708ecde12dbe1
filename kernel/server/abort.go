package server

import "time"

// A front end that runs all cells sends them in a burst, faster than they fail, and expects those after a failed cell not to
// run. Part of the burst may still be on its way when the cell has failed, so the failure is answered only once
// nothing has come for a moment: whatever was sent before that answer was sent without knowing of the failure.
const (
	burstGap   = 10 * time.Millisecond
	burstLimit = 60 * time.Millisecond
)

// failure remembers the latest cell that failed with stop_on_error.
type failure struct {
	session  string        // who sent it
	skew     time.Duration // from the sender's clock to ours, its message's way included
	answered time.Time
}

// stopOnError aborts the cells that wait, and those that arrive later but were sent too early to know.
func (s *Server) stopOnError(r *request) {
	s.requests[r.channel].settle(burstGap, burstLimit)
	s.requests[r.channel].abort()
	s.failure = failure{}
	if sent, ok := r.Header.Sent(); ok {
		s.failure = failure{session: r.Header.Session, skew: r.arrived.Sub(sent), answered: time.Now()}
	}
}

// precedes reports whether r was sent before the failure was answered. The skew contains the way of the failed cell's
// message, so a cell sent after the answer was seen is never taken for an earlier one.
func (f failure) precedes(r *request) bool {
	sent, ok := r.Header.Sent()
	return ok && f.session != "" && f.session == r.Header.Session && sent.Add(f.skew).Before(f.answered)
}
