package sde

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"scorebook/internal/numtest"
)

func recorded(t *testing.T, path string, s SDE, r Run) []float64 {
	t.Helper()
	if err := Record(context.Background(), path, s, r); err != nil {
		t.Fatal(err)
	}
	got, err := ReadRecording(path)
	if err != nil {
		t.Fatal(err)
	}
	if got.Len() != r.Ensemble*((r.Steps-1)/r.Every+1) || got.Dt != r.Dt*float64(r.Every) {
		t.Errorf("%d samples, %g apart", got.Len(), got.Dt)
	}
	return got.X
}

// TestRecordingGoesOnAfterAnInterrupt: a run that was interrupted, and whose last segment was torn, ends with the same bits,
// and the segments that were whole are not simulated again.
func TestRecordingGoesOnAfterAnInterrupt(t *testing.T) {
	equation := SDE{Dim: 2, Drift: decay, Noise: Isotropic(1), Names: []string{"a", "b"}}
	for _, scheme := range []Scheme{EulerMaruyama, LeimkuhlerMatthews} {
		r := Run{Scheme: scheme, Dt: 0.01, Steps: 5003, Every: 5, Ensemble: 3, BurnIn: 100, Seed: 4, Start: []float64{1, -1}}
		dir := t.TempDir()
		want := recorded(t, filepath.Join(dir, "whole"), equation, r)

		path, ctx := filepath.Join(dir, "torn"), context.Background()
		ctx, cancel := context.WithCancel(ctx)
		stopped := equation
		calls := 0
		one := r
		one.Workers = 1
		stopped.Drift = func(dst, x []float64) {
			if calls++; calls == 8000 {
				cancel()
			}
			decay(dst, x)
		}
		if err := Record(ctx, path, stopped, one); !errors.Is(err, context.Canceled) {
			t.Fatalf("%v: the interrupted run ended with %v", scheme, err)
		}
		part, err := ReadRecording(path)
		if err != nil || part.Len() == 0 || part.Len() >= len(want)/2 {
			t.Fatalf("%v: what the interrupt left: %v, %v", scheme, part, err)
		}
		info, _ := os.Stat(path)
		if err := os.Truncate(path, info.Size()-9); err != nil {
			t.Fatal(err)
		}
		if got := recorded(t, path, equation, r); !slices.Equal(got, want) {
			t.Errorf("%v: the run that was interrupted has other bits", scheme)
		}
		other := r
		other.Seed++
		if err := Record(context.Background(), path, equation, other); err == nil || !strings.Contains(err.Error(), "another run") {
			t.Errorf("%v: a file of another run: %v", scheme, err)
		}
	}
}

// TestRecordedStatistics: over its seams an Ornstein–Uhlenbeck process keeps its variance and its correlation.
func TestRecordedStatistics(t *testing.T) {
	const n, members = 20_000, 4
	x := recorded(t, filepath.Join(t.TempDir(), "x"), SDE{Dim: 1, Drift: decay, Noise: Isotropic(1)},
		Run{Dt: 0.05, Steps: n, Every: 1, Ensemble: members, BurnIn: 200, Seed: 5})
	square, next := 0.0, 0.0
	for m := range members {
		for k := range n - 1 {
			square += x[m*n+k] * x[m*n+k] / (members * (n - 1))
			next += x[m*n+k] * x[m*n+k+1] / (members * (n - 1))
		}
	}
	// Euler's variance is 1/(2 − δt); the integrated time of squares is 1/2, over 4000 units: 5 standard errors are 8 %
	numtest.Within(t, "variance", square, 1/(2-0.05), 0.04)
	numtest.Within(t, "correlation of neighbours", next/square, 0.95, 0.003)
}

func TestWhatIsNoRecording(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	if _, err := ReadRecording(path); err == nil {
		t.Error("a file that is not there was read")
	}
	if err := os.WriteFile(path, []byte("v\n1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadRecording(path); err == nil || !strings.Contains(err.Error(), "not a recording") {
		t.Errorf("another file: %v", err)
	}
}
