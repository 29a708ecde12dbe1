package plotting

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

func labels(ticks []tick) string {
	var all []string
	for _, t := range ticks {
		if t.label != "" {
			all = append(all, t.label)
		}
	}
	return strings.Join(all, " ")
}

func TestLinearTicks(t *testing.T) {
	for _, test := range []struct {
		lo, hi float64
		most   int
		labels string
		power  int
	}{
		{0, 1, 6, "0.0 0.2 0.4 0.6 0.8 1.0", 0},
		{-3, 3, 7, "-3 -2 -1 0 1 2 3", 0},
		{-3.3, 3.3, 3, "-2 0 2", 0},
		{0, 999.99, 11, "0 100 200 300 400 500 600 700 800 900 1000", 0},
		{0, 4e-5, 5, "0 1 2 3 4", -5},
		{0, 3e7, 4, "0 1 2 3", 7},
		{1, 1, 5, "", 0},
	} {
		ticks, power := linearTicks(test.lo, test.hi, test.most)
		if got := labels(ticks); got != test.labels || power != test.power {
			t.Errorf("%v … %v by %d: %q ×10^%d, want %q ×10^%d", test.lo, test.hi, test.most, got, power, test.labels, test.power)
		}
	}
}

// Whatever the range, ticks lie in it, are no more than asked for and evenly spaced, and their labels tell their places.
func TestTicksOfAnyRange(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	for range 5000 {
		lo := rng.NormFloat64() * math.Pow(10, float64(rng.IntN(12)-6))
		width := rng.Float64() * math.Pow(10, float64(rng.IntN(12)-6))
		if width < 1e-6*math.Abs(lo) {
			continue
		}
		hi, most := lo+width, 2+rng.IntN(9)
		ticks, power := linearTicks(lo, hi, most)
		if len(ticks) > most || len(ticks) < most/3 {
			t.Fatalf("%v … %v: %d ticks where %d were asked for", lo, hi, len(ticks), most)
		}
		seen := map[string]bool{}
		for _, tick := range ticks {
			v, err := strconv.ParseFloat(tick.label, 64)
			if err != nil || tick.at < lo || tick.at > hi || math.Abs(v*math.Pow10(power)-tick.at) > 0.01*width {
				t.Fatalf("%v … %v: tick at %v labelled %q ×10^%d", lo, hi, tick.at, tick.label, power)
			}
			if seen[tick.label] {
				t.Fatalf("%v … %v: two ticks labelled %q", lo, hi, tick.label)
			}
			seen[tick.label] = true
		}
	}
}

func TestLogTicks(t *testing.T) {
	for _, test := range []struct {
		lo, hi float64
		most   int
		labels string
	}{
		{0.05, 2, 5, "10⁻¹ 10⁰"},
		{1e-8, 1, 5, "10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻² 10⁰"},
		{1.5, 7, 5, "2 5"},
		{0.71, 0.98, 4, "0.8 0.9"},
	} {
		ticks := logTicks(test.lo, test.hi, test.most)
		if got := labels(ticks); got != test.labels {
			t.Errorf("%v … %v: %q, want %q", test.lo, test.hi, got, test.labels)
		}
		for _, tick := range ticks {
			if tick.at < test.lo || tick.at > test.hi {
				t.Errorf("%v … %v: tick at %v", test.lo, test.hi, tick.at)
			}
		}
	}
}
