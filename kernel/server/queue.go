package server

import (
	"context"
	"sync"
	"time"

	"scorebook/kernel/protocol"
)

// request is a message that waits for its answer.
type request struct {
	protocol.Message
	channel protocol.Channel
	arrived time.Time
	aborted bool // an earlier cell failed
}

// queue holds requests in the order they came, however many.
type queue struct {
	mu      sync.Mutex
	waiting []*request
	pushed  int           // requests ever
	more    chan struct{} // holds one token when there is something to look at
}

func newQueue() *queue { return &queue{more: make(chan struct{}, 1)} }

func (q *queue) push(r *request) {
	q.mu.Lock()
	q.waiting = append(q.waiting, r)
	q.pushed++
	q.mu.Unlock()
	select {
	case q.more <- struct{}{}:
	default:
	}
}

// pop waits for the next request; ok is false when ctx ends first.
func (q *queue) pop(ctx context.Context) (r *request, ok bool) {
	for ctx.Err() == nil {
		if r, ok := q.take(); ok {
			return r, true
		}
		select {
		case <-q.more:
		case <-ctx.Done():
		}
	}
	return nil, false
}

func (q *queue) take() (*request, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		return nil, false
	}
	r := q.waiting[0]
	q.waiting[0] = nil
	q.waiting = q.waiting[1:]
	return r, true
}

// abort marks every waiting cell.
func (q *queue) abort() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, r := range q.waiting {
		r.aborted = r.Header.MsgType == executeRequest
	}
}

func (q *queue) total() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.pushed
}

// settle waits until nothing has come for the time quiet, but not longer than limit.
func (q *queue) settle(quiet, limit time.Duration) {
	end := time.Now().Add(limit)
	for before := -1; time.Now().Before(end); {
		now := q.total()
		if now == before {
			return
		}
		before = now
		time.Sleep(quiet)
	}
}
