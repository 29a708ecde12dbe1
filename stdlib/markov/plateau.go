package markov

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/parallel"
	"scorebook/internal/rng"
	"scorebook/stdlib/trajectory"
)

// LagOptions choose what [ScanLags] does. The zero value scans lags from one sample to the decorrelation time.
type LagOptions struct {
	// Options choose the partition and the method; its Lag is not used. The methods Richardson, GreenKubo and HoldingTime
	// have no plateau to scan.
	Options
	// Lags are the lags in samples, ascending; nil means 1, 2, 3, 4, 6, 8, 12, … up to the decorrelation time.
	Lags []int
	// Replicates is the number of block-bootstrap samples behind the bands; 0 means 100.
	Replicates int
	// Level is the coverage of the bands; 0 means 0.95.
	Level float64
}

const (
	defaultReplicates = 100
	defaultLevel      = 0.95
	agreement         = 0.02 // relative difference of two Φ that is one value whatever the bands
	longestScan       = 16   // lags of the default scan
)

// Plateau is Φ(τ) = −Ċ(0⁺) against the lag, with block-bootstrap bands, and the lag chosen from it.
//
// The rule: the shortest lag at which Φ agrees with Φ at the next two lags of the scan, two Φ agreeing when ‖ΔΦ‖_F is
// within the bootstrap's band of such differences or within 2 % of ‖Φ‖_F, and beyond that within what the Krylov blocks
// that are left out as noise would change. Lags at which counting noise hides the fastest
// times are left out of it. Of a Markov process it is the first lag; otherwise what is not Markovian below it is averaged
// out. Where no lag qualifies, the one that agrees best with its neighbour is chosen, and Settled is false.
type Plateau struct {
	Lags    []int           // samples
	Tau     []float64       // lag times
	Phi     []*mat.Dense    // −Ċ(0⁺) at each lag, D×D
	Bands   [][2]*mat.Dense // lower and upper end of the band of each element of Phi
	Level   float64         // coverage of the bands
	LeftOut []float64       // relative change of Φ by the Krylov block left out as noise; 0 for none
	Hidden  []bool          // whether counting noise hides the fastest times at the lag
	Chosen  int             // index of the chosen lag
	Settled bool            // whether a plateau was found
	Best    *RateMatrix     // the rate matrix at the chosen lag
}

// ScanLags estimates Φ at several lags on one partition, and chooses among them by the plateau rule of [Plateau]. Each
// band comes from resampling the 32 parts of the data with replacement, the same parts at every lag.
func ScanLags(ctx context.Context, t *trajectory.Trajectory, o LagOptions) (*Plateau, error) {
	o, err := o.withDefaults(t)
	if err != nil {
		return nil, err
	}
	first, err := Estimate(ctx, t, o.atLag(o.Lags[0]))
	if err != nil {
		return nil, err
	}
	p := &Plateau{Lags: o.Lags, Level: o.Level}
	chains, replicates := make([]*RateMatrix, len(o.Lags)), make([][]*mat.Dense, len(o.Lags))
	for k, lag := range o.Lags {
		q := first
		if k > 0 {
			if q, err = first.AtLag(ctx, lag); err != nil {
				return nil, err
			}
		}
		chains[k] = q
		if err := p.add(ctx, q, o, &replicates[k]); err != nil {
			return nil, err
		}
		o.report("scanning lags", k+1, len(o.Lags))
	}
	p.choose(replicates)
	p.Best = chains[p.Chosen]
	return p, nil
}

func (o LagOptions) atLag(lag int) Options {
	out := o.Options
	out.Lag = lag
	return out
}

func (o LagOptions) withDefaults(t *trajectory.Trajectory) (LagOptions, error) {
	if o.Replicates == 0 {
		o.Replicates = defaultReplicates
	}
	if o.Level == 0 {
		o.Level = defaultLevel
	}
	if err := t.Validate(); err != nil {
		return o, err
	}
	switch {
	case o.Replicates < 20:
		return o, fmt.Errorf("markov: %d bootstrap samples make no band: take at least 20", o.Replicates)
	case !(o.Level > 0 && o.Level < 1):
		return o, fmt.Errorf("markov: Level is %g; it is the coverage of the bands: try %g", o.Level, defaultLevel)
	case !slices.IsSorted(o.Lags) || len(o.Lags) > 0 && o.Lags[0] < 1 || o.Lags != nil && len(o.Lags) < 3:
		return o, fmt.Errorf("markov: Lags are %v; give three or more, ascending from 1", o.Lags)
	case !o.Method.projects() && o.Method != Direct && !(o.Method >= Naive && o.Method <= MeanDiagonal):
		return o, fmt.Errorf("markov: the method %q has no plateau to scan: take Logarithm", o.Method)
	}
	if o.Lags == nil {
		longest := min(t.DecorrelationTime()/t.Dt, float64(t.LongestRun()/4))
		for lag, step := 1, 1; len(o.Lags) < longestScan && (lag <= 4 || float64(lag) <= longest); lag += step {
			o.Lags = append(o.Lags, lag)
			if lag&(lag-1) == 0 && lag >= 4 {
				step = lag / 2
			}
		}
	}
	return o, nil
}

// add takes in the chain at one lag and its bootstrap.
func (p *Plateau) add(ctx context.Context, q *RateMatrix, o LagOptions, replicates *[]*mat.Dense) error {
	rate, err := q.CorrelationRate()
	if err != nil {
		return err
	}
	rate.Scale(-1, rate)
	sums, err := q.parts(ctx)
	if err != nil {
		return err
	}
	phis := make([]*mat.Dense, o.Replicates)
	err = parallel.Each(ctx, o.Replicates, func(r int) error {
		one, err := sums.resampled(draw(o.Seed, r))
		if err == nil {
			phis[r], err = one.resampledRate()
		}
		if err == nil {
			phis[r].Scale(-1, phis[r])
		}
		return err
	}, nil)
	if err != nil {
		return fmt.Errorf("markov: bootstrap at a lag of %d: %w", q.Lag, err)
	}
	*replicates = phis
	p.Tau, p.Phi = append(p.Tau, q.Tau), append(p.Phi, rate)
	p.Bands = append(p.Bands, band(phis, o.Level))
	p.Hidden = append(p.Hidden, q.hidesFastest())
	left := 0.0
	if q.Krylov.Stop == Noise {
		left = q.Krylov.Change
	}
	p.LeftOut = append(p.LeftOut, left)
	return nil
}

// draw says how often replicate r takes each part.
func draw(seed uint64, r int) []int {
	noise, times := rng.New(seed, "bootstrap", uint64(r)), make([]int, blockCount)
	for range blockCount {
		times[noise.IntN(blockCount)]++
	}
	return times
}

// band returns the quantiles (1 ∓ level)/2 of each element.
func band(phis []*mat.Dense, level float64) [2]*mat.Dense {
	d, _ := phis[0].Dims()
	lower, upper, values := mat.NewDense(d, d, nil), mat.NewDense(d, d, nil), make([]float64, len(phis))
	for i := range d {
		for j := range d {
			for r, phi := range phis {
				values[r] = phi.At(i, j)
			}
			slices.Sort(values)
			lower.Set(i, j, quantile(values, (1-level)/2))
			upper.Set(i, j, quantile(values, (1+level)/2))
		}
	}
	return [2]*mat.Dense{lower, upper}
}

// quantile interpolates between the order statistics.
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	k := min(int(at), len(sorted)-2)
	return sorted[k] + (at-float64(k))*(sorted[k+1]-sorted[k])
}

// choose applies the rule.
func (p *Plateau) choose(replicates [][]*mat.Dense) {
	var seen []int
	for k, hidden := range p.Hidden {
		if !hidden {
			seen = append(seen, k)
		}
	}
	least := math.Inf(1)
	for at, k := range seen {
		if at+1 == len(seen) {
			break
		}
		worst := 0.0
		for _, other := range seen[at+1 : min(at+3, len(seen))] {
			worst = max(worst, p.disagreement(k, other, replicates))
		}
		if worst < least {
			least, p.Chosen = worst, k
		}
		if worst <= 1 && at+2 < len(seen) {
			p.Chosen, p.Settled = k, true
			return
		}
	}
}

// disagreement is ‖ΔΦ‖ of two lags in units of what counts as agreement.
func (p *Plateau) disagreement(a, b int, replicates [][]*mat.Dense) float64 {
	var d mat.Dense
	d.Sub(p.Phi[a], p.Phi[b])
	spread := make([]float64, len(replicates[a]))
	for r := range spread {
		var e mat.Dense
		e.Sub(replicates[a][r], replicates[b][r])
		e.Sub(&e, &d)
		spread[r] = mat.Norm(&e, 2)
	}
	slices.Sort(spread)
	norm := mat.Norm(p.Phi[a], 2)
	return mat.Norm(&d, 2) / (max(quantile(spread, p.Level), agreement*norm) + (p.LeftOut[a]+p.LeftOut[b])*norm)
}

// ErrNoPlateau says that Φ depends on the lag all over a scan.
var ErrNoPlateau = errors.New("markov: Φ has no plateau over the lags")

// Err is nil when a plateau was found, and otherwise wraps ErrNoPlateau with the figures.
func (p *Plateau) Err() error {
	if p.Settled {
		return nil
	}
	return fmt.Errorf("%w %d to %d (τ = %.3g to %.3g): scan longer lags, bring more samples, or use the method GreenKubo",
		ErrNoPlateau, p.Lags[0], p.Lags[len(p.Lags)-1], p.Tau[0], p.Tau[len(p.Tau)-1])
}
