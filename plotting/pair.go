package plotting

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"sync"

	"scorebook/stdlib/trajectory"
)

// Options say what of two trajectories is shown. The zero value works. Everything is shown in physical coordinates.
type Options struct {
	Style
	Data, Model string   // names in the legend; "" = "data" and "model"
	Coordinates []int    // which, from 0; nil = the first four
	Pairs       [][2]int // for joint densities; nil = the first three pairs of Coordinates
	From        float64  // where the trajectories begin to be shown, in time from the start of the first run
	Duration    float64  // how long they are shown; 0 = thirty decorrelation times
	Lags        float64  // longest lag of autocorrelations, a time; 0 = eight decorrelation times
}

// Defaults of Options.
const (
	mostCoordinates = 4
	mostPairs       = 3
	shownTimes      = 30 // decorrelation times of a trajectory
	shownLags       = 8  // decorrelation times of a correlation
)

// pair is the data and, if there is one, a model of it.
type pair struct {
	Options
	data, model *trajectory.Trajectory

	decorrelation func() float64 // of the data; found when first needed
}

// newPair settles the options.
func newPair(data, model *trajectory.Trajectory, o Options) (*pair, error) {
	if data == nil || data.Len() == 0 {
		return nil, errors.New("plotting: no data to show")
	}
	if model != nil && model.Dim != data.Dim {
		return nil, fmt.Errorf("plotting: data of %d coordinates beside a model of %d", data.Dim, model.Dim)
	}
	o.Data, o.Model = cmp.Or(o.Data, "data"), cmp.Or(o.Model, "model")
	if o.Coordinates == nil {
		for i := range min(data.Dim, mostCoordinates) {
			o.Coordinates = append(o.Coordinates, i)
		}
	}
	if o.Pairs == nil {
		o.Pairs = firstPairs(o.Coordinates)
	}
	for _, i := range o.all() {
		if i < 0 || i >= data.Dim {
			return nil, fmt.Errorf("plotting: coordinate %d of %d; the first is 0", i, data.Dim)
		}
	}
	if o.From < 0 || o.Duration < 0 || o.Lags < 0 {
		return nil, fmt.Errorf("plotting: negative time in From %g, Duration %g or Lags %g", o.From, o.Duration, o.Lags)
	}
	return &pair{o, data, model, sync.OnceValue(data.DecorrelationTime)}, nil
}

// all lists every coordinate that the options name.
func (o *Options) all() []int {
	named := append([]int(nil), o.Coordinates...)
	for _, p := range o.Pairs {
		named = append(named, p[0], p[1])
	}
	return named
}

// firstPairs joins neighbours first, then those two apart.
func firstPairs(coordinates []int) [][2]int {
	var pairs [][2]int
	for apart := 1; apart < len(coordinates); apart++ {
		for k := 0; k+apart < len(coordinates) && len(pairs) < mostPairs; k++ {
			pairs = append(pairs, [2]int{coordinates[k], coordinates[k+apart]})
		}
	}
	return pairs
}

// span is so many decorrelation times of the data, no longer than its longest run.
func (p *pair) span(times float64) float64 {
	longest := float64(p.data.LongestRun()-1) * p.data.Dt
	return math.Min(longest, times*p.decorrelation())
}

func (p *pair) name(i int) string { return p.data.Name(i) }

// window returns times and physical values of coordinate i of the first run of t, within a window of time.
func window(t *trajectory.Trajectory, i int, from, duration float64) (x, y []float64) {
	_, end := firstRun(t)
	first := int(math.Ceil(from/t.Dt - 1e-9))
	last := min(end-1, int(math.Floor((from+duration)/t.Dt+1e-9)))
	mean, std := 0.0, 1.0
	if t.Scale != nil {
		mean, std = t.Scale.Mean[i], t.Scale.Std[i]
	}
	for k := first; k <= last; k++ {
		x = append(x, float64(k)*t.Dt)
		y = append(y, mean+std*t.X[k*t.Dim+i])
	}
	return x, y
}

func firstRun(t *trajectory.Trajectory) (start, end int) {
	for start, end := range t.Runs() {
		return start, end
	}
	return 0, 0
}
