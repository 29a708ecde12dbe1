package display

import (
	"strings"
	"testing"
	"time"
)

// recorder keeps what was published and when.
type recorder struct {
	clock   *time.Time
	texts   []string
	times   []time.Time
	ids     map[string]bool
	updates int
}

func (r *recorder) keep(b Bundle, id string) {
	if r.ids == nil {
		r.ids = map[string]bool{}
	}
	r.texts = append(r.texts, b.Data[TextPlain].(string))
	r.times = append(r.times, *r.clock)
	r.ids[id] = true
}

func (r *recorder) Display(b Bundle, id string) { r.keep(b, id) }
func (r *recorder) Update(b Bundle, id string)  { r.keep(b, id); r.updates++ }
func (r *recorder) Clear(bool)                  {}

func newRecorded() (*recorder, *Progress, *time.Time) {
	clock := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	r := &recorder{clock: &clock}
	return r, NewProgress(r, ProgressOptions{Now: func() time.Time { return clock }}), &clock
}

func TestProgressRate(t *testing.T) {
	r, p, clock := newRecorded()
	const reports, step = 5000, time.Millisecond
	for i := range reports + 1 {
		p.Report("learning", i, reports)
		*clock = clock.Add(step)
	}
	p.Close()
	p.Close()
	p.Report("learning", 1, 2)
	if r.updates != len(r.texts)-1 || len(r.ids) != 1 {
		t.Errorf("%d publications, %d updates, ids %v", len(r.texts), r.updates, r.ids)
	}
	for i, from := range r.times {
		n := 0
		for _, at := range r.times[i:] {
			if at.Sub(from) < time.Second {
				n++
			}
		}
		if n > 10 {
			t.Fatalf("%d publications in the second after %v", n, from)
		}
	}
	if first := r.texts[0]; first != "learning ▕░░░░░░░░░░▏ 0 %" {
		t.Errorf("first: %q", first)
	}
	if last := r.texts[len(r.texts)-1]; last != "learning ▕██████████▏ 100 %  in 6 s" {
		t.Errorf("last: %q", last)
	}
	for _, text := range r.texts {
		if strings.HasPrefix(text, "learning ▕██████░░░░▏ 62 %") && !strings.HasSuffix(text, "  2 s left") {
			t.Errorf("time left: %q", text)
		}
	}
}

func TestProgressStages(t *testing.T) {
	r, p, clock := newRecorded()
	p.Report("counting", 10, 0)
	*clock = clock.Add(2 * time.Second)
	p.Report("counting", 20, 0)
	*clock = clock.Add(time.Second)
	p.Report("fitting", 50, 100) // resumed half-way: what was done before says nothing about the speed
	*clock = clock.Add(10 * time.Second)
	p.Report("fitting", 60, 100)
	p.Close()
	want := []string{
		"counting  10  under 1 s",
		"counting  20  2 s",
		"fitting ▕█████░░░░░▏ 50 %",
		"fitting ▕██████░░░░▏ 60 %  40 s left",
		"fitting ▕██████░░░░▏ 60 %  stopped after 13 s",
	}
	if strings.Join(r.texts, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(r.texts, "\n"), strings.Join(want, "\n"))
	}
}

func TestSilentProgressShowsNothing(t *testing.T) {
	r, p, _ := newRecorded()
	p.Close()
	if len(r.texts) != 0 {
		t.Errorf("published %q", r.texts)
	}
}

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                         "under 1 s",
		12 * time.Second:          "12 s",
		200 * time.Second:         "3 min 20 s",
		3*time.Hour + time.Second: "3 h 00 min",
	} {
		if got := duration(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

// A second piece of work may take the place of one that has ended.
func TestProgressTakesOverALine(t *testing.T) {
	r, _, clock := newRecorded()
	p := NewProgress(r, ProgressOptions{Shown: true, Now: func() time.Time { return *clock }})
	p.Close()
	if len(r.texts) != 0 || !p.Shown() {
		t.Errorf("work without a report published %v", r.texts)
	}
	p = NewProgress(r, ProgressOptions{Shown: true, Now: func() time.Time { return *clock }})
	p.Report("again", 1, 2)
	p.Close()
	if r.updates != 2 || len(r.texts) != 2 {
		t.Errorf("%d publications, %d of them updates", len(r.texts), r.updates)
	}
}
