package parallel

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
)

// onCores runs the test with one, two and five goroutines at work.
func onCores(t *testing.T, f func(t *testing.T)) {
	for _, n := range []int{1, 2, 5} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
			f(t)
		})
	}
}

func TestEveryPieceOnce(t *testing.T) {
	onCores(t, func(t *testing.T) {
		for _, n := range []int{0, 1, 3, 1000} {
			done := make([]atomic.Int32, n)
			if err := For(context.Background(), n, func(k int) { done[k].Add(1) }); err != nil {
				t.Fatal(err)
			}
			for k := range done {
				if c := done[k].Load(); c != 1 {
					t.Errorf("piece %d of %d was done %d times", k, n, c)
				}
			}
		}
	})
}

func TestFinishedIsToldOneAtATime(t *testing.T) {
	onCores(t, func(t *testing.T) {
		var told []int
		err := Each(context.Background(), 100, func(int) error { return nil }, func(k int) { told = append(told, k) })
		slices.Sort(told)
		if err != nil || len(slices.Compact(told)) != 100 {
			t.Errorf("told of %d pieces, error %v", len(told), err)
		}
	})
}

func TestLowestErrorWins(t *testing.T) {
	onCores(t, func(t *testing.T) {
		for range 50 {
			err := Each(context.Background(), 40, func(k int) error {
				if k >= 7 {
					return fmt.Errorf("piece %d", k)
				}
				runtime.Gosched()
				return nil
			}, nil)
			if err == nil || err.Error() != "piece 7" {
				t.Fatal(err)
			}
		}
	})
}

func TestPanicReachesTheCaller(t *testing.T) {
	onCores(t, func(t *testing.T) {
		defer func() {
			if p := recover(); p != "broken" {
				t.Errorf("recovered %v", p)
			}
		}()
		For(context.Background(), 10, func(k int) {
			if k == 3 {
				panic("broken")
			}
		})
		t.Error("no panic")
	})
}

func TestCancelledContextEndsTheWork(t *testing.T) {
	onCores(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		var begun atomic.Int32
		err := For(ctx, 1000, func(int) {
			if begun.Add(1) == 10 {
				cancel()
			}
		})
		if n := begun.Load(); !errors.Is(err, context.Canceled) || n > 20 {
			t.Errorf("%d pieces begun, error %v", n, err)
		}
	})
}

func TestInOrder(t *testing.T) {
	onCores(t, func(t *testing.T) {
		var got []int
		err := InOrder(context.Background(), 23, func(k int) (int, error) { return k * k, nil }, func(k, v int) { got = append(got, v-k*k+k) })
		if err != nil || len(got) != 23 || !slices.IsSorted(got) {
			t.Errorf("%v, error %v", got, err)
		}
		err = InOrder(context.Background(), 23, func(k int) (int, error) {
			if k > 5 {
				return 0, fmt.Errorf("piece %d", k)
			}
			return 0, nil
		}, func(int, int) {})
		if err == nil || err.Error() != "piece 6" {
			t.Errorf("error %v", err)
		}
	})
}

func BenchmarkFor(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		For(context.Background(), 1000, func(int) {})
	}
}
