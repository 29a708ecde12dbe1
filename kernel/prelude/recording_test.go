package prelude_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// TestLongWorkGoesOnAfterAnInterrupt: in a session, training and sampling that were interrupted and are run again end with the
// bits of those that were not.
func TestLongWorkGoesOnAfterAnInterrupt(t *testing.T) {
	n, dir := newNotebook(t), t.TempDir()
	n.yield(doubleWell)
	for name, cell := range map[string]string{
		"sampling": `Record(%q, well, Run{Dt: 0.001, Steps: 4_000_000, Every: 1000, Ensemble: 4, Seed: 3}).X`,
		"training": `DSM(Normalize(obs), DSMOptions{Sigma: 0.2, Epochs: 30, Seed: 3, Checkpoint: %q}).Loss`,
	} {
		want := fmt.Sprint(n.yield(fmt.Sprintf(cell, filepath.Join(dir, name))))
		torn, interrupts := fmt.Sprintf(cell, filepath.Join(dir, name+"-torn")), 0
		for wait := 20 * time.Millisecond; ; wait += wait / 2 {
			ctx, cancel := context.WithTimeout(t.Context(), wait)
			v, _, err := n.run(ctx, torn)
			cancel()
			if err == nil {
				if got := fmt.Sprint(v); got != want {
					t.Errorf("%s: after %d interrupts the result is another", name, interrupts)
				}
				break
			}
			if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
				t.Fatalf("%s: %v", name, err)
			}
			interrupts++
		}
		if interrupts == 0 {
			t.Errorf("%s was not interrupted", name)
		}
	}
}
