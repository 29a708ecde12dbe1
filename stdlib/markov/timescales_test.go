package markov

import (
	"context"
	"errors"
	"math"
	"math/cmplx"
	"slices"
	"strings"
	"testing"
)

// TestModesAreEigenvectors: P and its transpose times the vectors are λ times them, of a chain with complex eigenvalues.
func TestModesAreEigenvectors(t *testing.T) {
	q := estimate(t, potential(t, 4, 200_000, 25), Options{Cells: 120, Method: Naive})
	modes, err := q.modes(context.Background(), 4)
	if err != nil {
		t.Fatal(err)
	}
	n := q.P.Cols
	for _, m := range modes {
		right, left := make([]complex128, n), make([]complex128, n)
		for j := range n {
			rows, vals := q.P.Column(j)
			for k, i := range rows {
				right[j] += complex(vals[k], 0) * m.right[i]
				left[i] += complex(vals[k]*q.Pi[j], 0) * m.left[j]
			}
		}
		off, size := 0.0, 0.0
		for j := range n {
			off = max(off, cmplx.Abs(right[j]-m.value*m.right[j]))
			size = max(size, cmplx.Abs(m.right[j]))
			off = max(off, cmplx.Abs(left[j]/complex(q.Pi[j], 0)-m.value*m.left[j]))
		}
		if off > 1e-3*size {
			t.Errorf("λ = %.5g: off by %.3g of %.3g", m.value, off, size)
		}
	}
}

// TestTimescaleScan: of an Ornstein–Uhlenbeck process the times are 1/k at every lag, less what the cells take; the bands
// cover the first in about 95 of 100 series.
func TestTimescaleScan(t *testing.T) {
	covered := 0
	for seed := range uint64(100) {
		s, err := ScanTimescales(context.Background(), seeded(t, 8000, 0.1, seed), TimescaleOptions{Count: 1,
			LagOptions: LagOptions{Options: Options{Cells: 25, Seed: seed}, Lags: []int{3, 4, 5}}})
		if err != nil {
			t.Fatal(err)
		}
		if b := s.Bands[1][0]; b[0] < 1 && 1 < b[1] {
			covered++
		}
	}
	if covered < 85 {
		t.Errorf("%d of 100 bands hold the timescale", covered)
	}
	s, err := ScanTimescales(context.Background(), ornsteinUhlenbeck(t, 100_000, 0.1), TimescaleOptions{LagOptions: LagOptions{Options: Options{Cells: 100}, Lags: []int{4, 6, 8}}})
	if err != nil {
		t.Fatal(err)
	}
	for k, times := range s.Times {
		for i, v := range times[:2] {
			if b := s.Bands[k][i]; !(b[0] < v && v < b[1]) || math.Abs(v*float64(i+1)-1) > 0.12 {
				t.Errorf("lag %d: t%d = %.4g in [%.4g, %.4g]", s.Lags[k], i+1, v, b[0], b[1])
			}
		}
	}
	if !strings.Contains(s.String(), "t₃") || !strings.Contains(s.HTML(), "<td>") {
		t.Errorf("summary\n%s", s)
	}
}

func TestTimescaleScanIsReproducibleAndRejects(t *testing.T) {
	x := ornsteinUhlenbeck(t, 20_000, 0.1)
	o := TimescaleOptions{LagOptions: LagOptions{Options: Options{Cells: 20, Seed: 2}, Lags: []int{1, 2, 3}}}
	a, err := ScanTimescales(context.Background(), x, o)
	if err != nil {
		t.Fatal(err)
	}
	b, err := ScanTimescales(context.Background(), x, o)
	if err != nil || !slices.EqualFunc(a.Bands, b.Bands, slices.Equal) {
		t.Errorf("two scans differ, %v", err)
	}
	o.Count = 19
	if _, err := ScanTimescales(context.Background(), x, o); err == nil || !strings.Contains(err.Error(), "ask for 1 to 18") {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := ScanTimescales(ctx, x, TimescaleOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
