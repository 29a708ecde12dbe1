package prelude

import (
	"context"
	"sync"
	"testing"
	"time"

	"scorebook/kernel/display"
)

// board keeps which displays were made.
type board struct {
	mu      sync.Mutex
	made    []string
	updates int
}

func (b *board) Display(_ display.Bundle, id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.made = append(b.made, id)
}

func (b *board) Update(display.Bundle, string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.updates++
}

func (b *board) Clear(bool) {}

// slow is a call that takes long enough to show its progress.
func slow(v *Vocabulary) {
	watched(v, func(report func(string, int, int)) (int, error) {
		time.Sleep(patience + 50*time.Millisecond)
		report("work", 1, 2)
		return 0, nil
	})
}

// Calls one after another share a line, calls at the same time have one each, and so have those of another cell.
func TestALoopOfLongCallsLeavesOneLine(t *testing.T) {
	p, b := New(), &board{}
	p.Bind(display.WithPublisher(context.Background(), b))
	for range 3 {
		slow(&p.vocabulary)
	}
	if len(b.made) != 1 || b.updates < 3 {
		t.Fatalf("three calls made the lines %v, with %d updates", b.made, b.updates)
	}
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() { slow(&p.vocabulary) })
	}
	both.Wait()
	if len(b.made) != 2 || b.made[0] == b.made[1] {
		t.Fatalf("two calls at the same time: lines %v", b.made)
	}
	p.Bind(display.WithPublisher(context.Background(), b))
	slow(&p.vocabulary)
	if len(b.made) != 3 || b.made[2] == b.made[0] || b.made[2] == b.made[1] {
		t.Errorf("another cell: lines %v", b.made)
	}
}
