//go:build !windows

package server

import (
	"context"
	"os"
	"time"
)

const parentInterval = time.Second

// WatchParent returns nil when the process that started this one has ended, or ctx's error. The variable JPY_PARENT_PID is the
// sign that it should be watched; its value does not matter here, because an orphan gets another parent.
func WatchParent(ctx context.Context, _ string) error {
	parent := os.Getppid()
	tick := time.NewTicker(parentInterval)
	defer tick.Stop()
	for os.Getppid() == parent {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	return nil
}
