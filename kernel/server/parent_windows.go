package server

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"golang.org/x/sys/windows"
)

const parentInterval = time.Second

// WatchParent returns nil when the process that started this one has ended, or ctx's error. The value of JPY_PARENT_PID is a
// handle of that process.
func WatchParent(ctx context.Context, value string) error {
	handle, err := strconv.ParseUint(value, 10, 64)
	if err != nil {
		return fmt.Errorf("server: JPY_PARENT_PID: %w", err)
	}
	for {
		event, err := windows.WaitForSingleObject(windows.Handle(handle), uint32(parentInterval.Milliseconds()))
		if err != nil {
			return fmt.Errorf("server: JPY_PARENT_PID: %w", err)
		}
		if event == windows.WAIT_OBJECT_0 {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}
