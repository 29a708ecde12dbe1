package markov

import (
	"context"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/parallel"
	"scorebook/stdlib/trajectory"
)

// LagOptions choose what [ScanLags] does. The zero value scans lags from one sample to twice the decorrelation time.
type LagOptions struct {
	// Options choose the partition and the method; its Lag is not used. The methods Richardson, GreenKubo and HoldingTime
	// have no plateau to scan.
	Options
	// Lags are the lags in samples, ascending; nil means 1, 2, 3, 4, 6, 8, 12, … up to twice the decorrelation time.
	Lags []int
	// Replicates is the number of block-bootstrap samples behind the bands; 0 means 100.
	Replicates int
	// Level is the coverage of the bands; 0 means 0.95.
	Level float64
}

const (
	defaultReplicates = 100
	defaultLevel      = 0.95
	longestScan       = 16 // lags of the default scan
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
	out.Lag, out.ChooseLag = lag, false
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
		longest := min(2*t.DecorrelationTime()/t.Dt, float64(t.LongestRun()/4)) // two lags beyond one that may be chosen
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
		one, err := sums.resampled(ctx, draw(o.Seed, r))
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
