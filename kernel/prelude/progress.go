package prelude

import (
	"fmt"
	"sync"
	"time"

	"scorebook/kernel/display"
)

// patience is how long a call may take before it shows its progress.
const patience = 400 * time.Millisecond

// progressLines are where the calls of a cell show their progress. A call takes the line of one that has ended, so that a loop
// leaves one line and not one for each of its turns.
type progressLines struct {
	mu   sync.Mutex
	free []*line
	made int
}

// line is a display that progress is shown in.
type line struct {
	number int
	shown  bool
}

func (l *progressLines) take() *line {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := len(l.free); n > 0 {
		first := l.free[0]
		l.free = l.free[1:]
		return first
	}
	l.made++
	return &line{number: l.made}
}

func (l *progressLines) giveBack(one *line) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.free = append([]*line{one}, l.free...)
}

// watched runs a long call, whose progress is one line that updates in place.
func watched[T any](v *Vocabulary, call func(report func(stage string, done, total int)) (T, error)) T {
	p := v.prelude
	cell := p.current.Load()
	place := cell.lines.take()
	progress := display.NewProgress(cell.publisher, display.ProgressOptions{
		ID: fmt.Sprintf("progress-%s-%d-%d", p.session, cell.number, place.number), Shown: place.shown,
	})
	defer func() {
		progress.Close()
		place.shown = progress.Shown()
		cell.lines.giveBack(place)
	}()
	began := time.Now()
	return must(call(func(stage string, done, total int) {
		if time.Since(began) > patience {
			progress.Report(stage, done, total)
		}
	}))
}
