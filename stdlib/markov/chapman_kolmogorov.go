package markov

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/parallel"
)

// ChapmanKolmogorov compares what the chain of lag τ predicts for the times kτ with what the data say there:
//
//	C(kτ) = X e^{Qkτ} Π Xᵀ, LD (43), with the covariance ⟨x(t+kτ) x(t)ᵀ⟩ of the data, and
//	the probability Σ_{i,j∈A} (Pᵏ)[i,j] πⱼ/π(A) to be found again in the set A, for each coordinate the cells above its mean.
//
// Both agree within their errors when the process on the cells is Markovian over τ.
type ChapmanKolmogorov struct {
	Times     []float64    // kτ, k = 1 …
	Predicted []*mat.Dense // C(kτ) of the chain, D×D
	Measured  []*mat.Dense // C(kτ) of the data
	StdErr    []*mat.Dense // jackknife standard error of their difference

	Return         [][]float64 // predicted return probability by time and coordinate
	ReturnMeasured [][]float64
	ReturnStdErr   [][]float64
}

// Worst returns the largest difference of all in standard errors. One of many exceeds 3 even for a Markov process.
func (c *ChapmanKolmogorov) Worst() float64 {
	worst := 0.0
	for k := range c.Times {
		worst = max(worst, c.WorstAt(k))
	}
	return worst
}

// WorstAt is Worst of the time with index k.
func (c *ChapmanKolmogorov) WorstAt(k int) float64 {
	worst := 0.0
	for a, row := range c.Return[k] {
		worst = max(worst, standardised(row-c.ReturnMeasured[k][a], c.ReturnStdErr[k][a], 1))
		for b := range c.Return[k] {
			p := c.Predicted[k].At(a, b)
			worst = max(worst, standardised(p-c.Measured[k].At(a, b), c.StdErr[k].At(a, b), p))
		}
	}
	return worst
}

// standardised is |d|/se, with what is rounding of a value counted as none.
func standardised(d, se, value float64) float64 {
	const rounding = 1e-9
	return math.Abs(d) / (se + rounding*math.Abs(value))
}

// ChapmanKolmogorov tests the chain at the times τ, 2τ, …, steps·τ. It needs a trajectory.
func (q *RateMatrix) ChapmanKolmogorov(ctx context.Context, steps int) (*ChapmanKolmogorov, error) {
	if q.series == nil {
		return nil, fmt.Errorf("markov: the Chapman–Kolmogorov test needs a trajectory, and this chain was given by its counts")
	}
	if steps < 1 || steps*q.Lag >= q.series.t.LongestRun() {
		return nil, fmt.Errorf("markov: a test over %d lags of %d samples; the longest run has %d samples", steps, q.Lag, q.series.t.LongestRun())
	}
	predicted, err := q.forecast(steps)
	if err != nil {
		return nil, err
	}
	sums := make([][]float64, blockCount)
	if err := parallel.For(ctx, blockCount, func(k int) { sums[k] = q.observed(k, steps) }); err != nil {
		return nil, fmt.Errorf("markov: Chapman–Kolmogorov test interrupted: %w", err)
	}
	measured := q.averages(sums, -1, steps)
	deviations := make([][]float64, blockCount)
	err = parallel.Each(ctx, blockCount, func(k int) error {
		rest, err := q.Without(ctx, k)
		if err != nil {
			return err
		}
		p, err := rest.forecast(steps)
		if err != nil {
			return err
		}
		for i, m := range q.averages(sums, k, steps) {
			p[i] -= m
		}
		deviations[k] = p
		return nil
	}, nil)
	if err != nil {
		return nil, err
	}
	return q.compare(predicted, measured, jackknifeErrors(deviations), steps), nil
}

// The test's figures are kept as one list: for each step the D×D correlations by rows, then the D return probabilities.

// forecast lists what the chain predicts.
func (q *RateMatrix) forecast(steps int) ([]float64, error) {
	var out []float64
	d, n := q.Dim, q.P.Cols
	above := q.above()
	moved, next := make([][]float64, d), make([]float64, n)
	for a, in := range above {
		moved[a] = make([]float64, n)
		for j, p := range q.Pi {
			if in[j] {
				moved[a][j] = p
			}
		}
	}
	for k := range steps {
		c, err := q.Correlation(float64(k+1) * q.Tau)
		if err != nil {
			return nil, err
		}
		out = append(out, c.RawMatrix().Data...)
		for a, in := range above {
			q.P.mulTo(next, moved[a])
			copy(moved[a], next)
			out = append(out, share(next, in)/share(q.Pi, in))
		}
	}
	return out, nil
}

// above tells for each coordinate the states whose centroids lie above the mean of the whole series.
func (q *RateMatrix) above() [][]bool {
	mean := q.series.t.Moments().Mean
	out := make([][]bool, q.Dim)
	for a := range out {
		out[a] = make([]bool, len(q.Pi))
		for j := range out[a] {
			out[a][j] = q.Centroids[j*q.Dim+a] > mean[a]
		}
	}
	return out
}

func share(p []float64, in []bool) float64 {
	sum := 0.0
	for j, v := range p {
		if in[j] {
			sum += v
		}
	}
	return sum
}

// observed sums over the transitions that begin in part k, for each step: the products by rows, the returns to and the
// beginnings in each set, and the number of transitions.
func (q *RateMatrix) observed(k, steps int) []float64 {
	d, s := q.Dim, q.series
	mean, above := s.t.Moments().Mean, q.above()
	from, to := s.block(k)
	size := d*d + 2*d + 1
	out := make([]float64, steps*size)
	here, there := make([]float64, d), make([]float64, d)
	for step := range steps {
		lag, sums := (step+1)*q.Lag, out[step*size:(step+1)*size]
		for _, w := range windows(s.t.Lens, len(s.labels), lag) {
			for t := max(w[0], from); t < min(w[1], to); t++ {
				clear(here)
				clear(there)
				s.addCentred(here, 1, t, mean)
				s.addCentred(there, 1, t+lag, mean)
				addOuter(sums[:d*d], 1, there, here)
				j, i := s.labels[t], s.labels[t+lag]
				for a := 0; a < d && j|i >= 0; a++ {
					if above[a][j] {
						sums[d*d+d+a]++
						if above[a][i] {
							sums[d*d+a]++
						}
					}
				}
				sums[size-1]++
			}
		}
	}
	return out
}

// averages lists what the data say, without part `without` (−1 for none).
func (q *RateMatrix) averages(sums [][]float64, without, steps int) []float64 {
	d := q.Dim
	size := d*d + 2*d + 1
	total := make([]float64, steps*size)
	for k, s := range sums {
		if k != without {
			addScaled(total, 1, s)
		}
	}
	var out []float64
	for step := range steps {
		s := total[step*size : (step+1)*size]
		for _, v := range s[:d*d] {
			out = append(out, v/s[size-1])
		}
		for a := range d {
			out = append(out, s[d*d+a]/max(1, s[d*d+d+a]))
		}
	}
	return out
}

// jackknifeErrors returns √((B−1)/B Σ (vₖ − mean)²) of each entry of B lists.
func jackknifeErrors(lists [][]float64) []float64 {
	b := float64(len(lists))
	mean, out := make([]float64, len(lists[0])), make([]float64, len(lists[0]))
	for _, v := range lists {
		addScaled(mean, 1/b, v)
	}
	for _, v := range lists {
		for i, x := range v {
			out[i] += (x - mean[i]) * (x - mean[i])
		}
	}
	for i := range out {
		out[i] = math.Sqrt(out[i] * (b - 1) / b)
	}
	return out
}

// compare parts the lists by time.
func (q *RateMatrix) compare(predicted, measured, errors []float64, steps int) *ChapmanKolmogorov {
	out := &ChapmanKolmogorov{}
	d := q.Dim
	size := d*d + d
	for k := range steps {
		at := func(list []float64) (*mat.Dense, []float64) {
			s := list[k*size : (k+1)*size]
			return mat.NewDense(d, d, s[:d*d:d*d]), s[d*d:]
		}
		p, back := at(predicted)
		m, backMeasured := at(measured)
		e, backErr := at(errors)
		out.Times = append(out.Times, float64(k+1)*q.Tau)
		out.Predicted, out.Measured, out.StdErr = append(out.Predicted, p), append(out.Measured, m), append(out.StdErr, e)
		out.Return, out.ReturnMeasured = append(out.Return, back), append(out.ReturnMeasured, backMeasured)
		out.ReturnStdErr = append(out.ReturnStdErr, backErr)
	}
	return out
}
