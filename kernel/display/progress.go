package display

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"strings"
	"sync"
	"time"
)

// ProgressOptions may be left zero.
type ProgressOptions struct {
	ID    string           // the display that is updated; "" = "progress"
	Shown bool             // the display is there already, from work that has ended
	Now   func() time.Time // the clock; nil = time.Now
}

// Progress is one line that tells how far a long piece of work has come and how long it will still take. It is
// shown at the first report, updated at most ten times a second, and settled by Close. It may be used from several
// goroutines.
type Progress struct {
	publisher Publisher
	id        string
	now       func() time.Time

	mu      sync.Mutex
	there   bool // the display
	shown   bool // a report of this work
	closed  bool
	last    time.Time // of the latest publication
	began   time.Time // of the work
	entered time.Time // of the stage
	base    int       // done when the stage was entered
	stage   string
	done    int
	total   int
}

const (
	// With nine regular updates a second the closing one still keeps within ten.
	progressInterval = time.Second / 9
	barCells         = 10
	shortestForecast = 300 * time.Millisecond // less work than this says nothing about the rest
)

// NewProgress returns a line that shows itself through p.
func NewProgress(p Publisher, o ProgressOptions) *Progress {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Progress{publisher: p, id: cmp.Or(o.ID, "progress"), now: o.Now, there: o.Shown}
}

// Report says that done of total units of a stage are behind us; total 0 means unknown.
func (p *Progress) Report(stage string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	now := p.now()
	if !p.shown {
		p.began = now
	}
	if !p.shown || stage != p.stage || done < p.done {
		p.entered, p.base = now, done
	}
	p.stage, p.done, p.total = stage, done, total
	if !p.shown || now.Sub(p.last) >= progressInterval {
		p.publish(now)
	}
}

// Close shows the last report for good, with the time the whole work took. Without any report nothing is shown.
func (p *Progress) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown && !p.closed {
		p.closed = true
		p.publish(p.now())
	}
}

func (p *Progress) publish(now time.Time) {
	b := p.bundle(now)
	if p.there {
		p.publisher.Update(b, p.id)
	} else {
		p.publisher.Display(b, p.id)
	}
	p.there, p.shown, p.last = true, true, now
}

// Shown reports whether the display is there.
func (p *Progress) Shown() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.there
}

// fraction is the part done, negative when unknown.
func (p *Progress) fraction() float64 {
	if p.total <= 0 {
		return -1
	}
	return min(1, max(0, float64(p.done)/float64(p.total)))
}

func (p *Progress) bundle(now time.Time) Bundle {
	f, remark := p.fraction(), p.remark(now)
	if f < 0 {
		text := strings.TrimSpace(fmt.Sprintf("%s  %d  %s", p.stage, p.done, remark))
		return rich(TextHTML, progressOpen+html.EscapeString(text)+`</div>`, text)
	}
	percent := int(math.Floor(100 * f))
	filled := int(math.Round(barCells * f))
	bar := strings.Repeat("█", filled) + strings.Repeat("░", barCells-filled)
	text := strings.TrimSpace(fmt.Sprintf("%s ▕%s▏ %d %%  %s", p.stage, bar, percent, remark))
	return rich(TextHTML, fmt.Sprintf(progressBar, html.EscapeString(p.stage), percent, percent, percent, remark), text)
}

// Colours come from the page's theme where it has one; the trough is see-through grey, right on light and dark.
const (
	progressOpen = `<div class="scorebook-progress" style="font-variant-numeric:tabular-nums">`
	progressBar  = progressOpen + `%s <span role="progressbar" aria-valuenow="%d" aria-valuemin="0" aria-valuemax="100" ` +
		`style="display:inline-block;width:12em;height:.7em;margin:0 .5em;border-radius:.35em;overflow:hidden;background:rgba(128,128,128,.25)">` +
		`<span style="display:block;height:100%%;width:%d%%;background:var(--jp-brand-color1,#1976d2)"></span></span>` +
		`%d&#8239;%% <span style="opacity:.7;margin-left:.5em">%s</span></div>`
)

// remark is the time left, or once closed the time taken.
func (p *Progress) remark(now time.Time) string {
	if p.closed {
		if p.total > 0 && p.done < p.total {
			return "stopped after " + duration(now.Sub(p.began))
		}
		return "in " + duration(now.Sub(p.began))
	}
	spent, did := now.Sub(p.entered), p.done-p.base
	if p.total <= 0 {
		return duration(now.Sub(p.began))
	}
	if did <= 0 || spent < shortestForecast {
		return ""
	}
	left := time.Duration(float64(spent) / float64(did) * float64(p.total-p.done))
	return duration(left) + " left"
}

// duration is a time span in one or two units.
func duration(d time.Duration) string {
	s := int(math.Ceil(d.Seconds()))
	switch {
	case d < time.Second:
		return "under 1 s"
	case s < 60:
		return fmt.Sprintf("%d s", s)
	case s < 3600:
		return fmt.Sprintf("%d min %02d s", s/60, s%60)
	}
	return fmt.Sprintf("%d h %02d min", s/3600, s%3600/60)
}
