package prelude

import (
	"fmt"
	"time"

	"scorebook/kernel/display"
)

// patience is how long a call may take before it shows its progress.
const patience = 400 * time.Millisecond

// watched runs a long call, whose progress is one line that updates in place.
func watched[T any](v *Vocabulary, call func(report func(stage string, done, total int)) (T, error)) T {
	p := v.prelude
	id := fmt.Sprintf("progress-%s-%d", p.session, p.displays.Add(1))
	line := display.NewProgress(p.current.Load().publisher, display.ProgressOptions{ID: id})
	defer line.Close()
	began := time.Now()
	return must(call(func(stage string, done, total int) {
		if time.Since(began) > patience {
			line.Report(stage, done, total)
		}
	}))
}
