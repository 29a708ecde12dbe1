package plotting

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// tick is a marked place on an axis; without a label it is a minor one.
type tick struct {
	at    float64
	label string
}

// superscript writes a power of ten's exponent.
var superscript = strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶",
	"7", "⁷", "8", "⁸", "9", "⁹")

func powerOfTen(n int) string { return "10" + superscript.Replace(strconv.Itoa(n)) }

// nearly is the share of a step by which a tick may lie beyond the end of its axis; it is then put on the end.
const nearly = 5e-3

// linearTicks marks lo … hi at no more than most round places. Labels are the values over 10^power, where power is zero
// unless the numbers are awkwardly large or small.
func linearTicks(lo, hi float64, most int) (ticks []tick, power int) {
	if !(hi > lo) || most < 1 {
		return nil, 0
	}
	step := roundStep((hi - lo) / float64(most+1))
	for countOf(lo, hi, step) > most {
		step = roundStep(step * 1.01)
	}
	if largest := math.Max(math.Abs(lo), math.Abs(hi)); largest >= 1e5 || largest < 1e-2 {
		power = int(math.Floor(math.Log10(largest)))
	}
	unit := math.Pow10(power)
	decimals := decimalsOf(step / unit)
	for k := math.Ceil(lo/step - nearly); k <= hi/step+nearly; k++ {
		ticks = append(ticks, tick{min(hi, max(lo, k*step)), strconv.FormatFloat(k*step/unit+0, 'f', decimals, 64)})
	}
	return ticks, power
}

// countOf is the number of multiples of step from lo to hi.
func countOf(lo, hi, step float64) int {
	return 1 + int(math.Floor(hi/step+nearly)-math.Ceil(lo/step-nearly))
}

// roundStep is the least of 1, 2 and 5 times a power of ten that is no less than x.
func roundStep(x float64) float64 {
	decade := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range [...]float64{1, 2, 5} {
		if x <= m*decade*(1+1e-9) {
			return m * decade
		}
	}
	return 10 * decade
}

// decimalsOf is how many digits after the point tell multiples of step apart.
func decimalsOf(step float64) int {
	for d := range 12 {
		scaled := step * math.Pow10(d)
		if math.Abs(scaled-math.Round(scaled)) < 1e-6*scaled {
			return d
		}
	}
	return 12
}

// logTicks marks lo … hi (both positive) by powers of ten, by 1, 2 and 5 where the range is short, or evenly where it
// is shorter still.
func logTicks(lo, hi float64, most int) []tick {
	first, last := int(math.Ceil(math.Log10(lo)-1e-9)), int(math.Floor(math.Log10(hi)+1e-9))
	if last-first >= 1 {
		return decades(lo, hi, first, last, most)
	}
	var ticks []tick
	for n := first - 1; n <= last+1; n++ {
		for _, m := range [...]float64{1, 2, 5} {
			if v := m * math.Pow10(n); v >= lo*(1-1e-9) && v <= hi*(1+1e-9) {
				ticks = append(ticks, tick{v, fmt.Sprintf("%.*f", max(0, -n), v)})
			}
		}
	}
	if len(ticks) < 2 {
		ticks, _ = linearTicks(lo, hi, most)
	}
	return ticks
}

// decades marks the powers of ten, every second or third of them where they would crowd, and the multiples between.
func decades(lo, hi float64, first, last, most int) []tick {
	every := (last - first + most) / max(1, most)
	var ticks []tick
	for n := first - 1; n <= last+1; n++ {
		for m := 1; m <= 9; m++ {
			v := float64(m) * math.Pow10(n)
			switch {
			case v < lo*(1-1e-9) || v > hi*(1+1e-9):
			case m == 1 && (n-first)%every == 0:
				ticks = append(ticks, tick{v, powerOfTen(n)})
			case m == 1 || every == 1:
				ticks = append(ticks, tick{at: v})
			}
		}
	}
	return ticks
}
