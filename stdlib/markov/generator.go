package markov

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// leastStay is the smallest p̂ⱼⱼ that an exit-rate correction takes the logarithm of, the spacing of numbers at 1: a
// cell that no trajectory stayed in would have an infinite rate.
const leastStay = 0x1p-52

// factors returns κⱼ for each column, by which the off-diagonal of (P − I)/τ is multiplied.
func (q *RateMatrix) factors(m Method) ([]float64, error) {
	n := q.P.Cols
	kappa := make([]float64, n)
	switch m {
	case Naive:
		for j := range kappa {
			kappa[j] = 1
		}
	case PerState:
		for j := range kappa {
			logStay, leave := q.stay(j)
			if kappa[j] = 1; leave > 0 {
				kappa[j] = -logStay / leave
			}
		}
	case MeanDiagonal:
		exits, leaves := 0.0, 0.0
		for j := range kappa {
			logStay, leave := q.stay(j)
			exits -= logStay
			leaves += leave
		}
		if leaves == 0 {
			return nil, fmt.Errorf("markov: no trajectory ever leaves its cell within the lag of %g: take a longer lag or smaller cells", q.Tau)
		}
		for j := range kappa {
			kappa[j] = exits / leaves
		}
	default:
		return nil, fmt.Errorf("markov: the method %q has no sparse rate matrix", m)
	}
	return kappa, nil
}

// stay returns ln p̂ⱼⱼ and 1 − p̂ⱼⱼ of state j.
func (q *RateMatrix) stay(j int) (logStay, leave float64) {
	p := min(1, max(leastStay, q.P.At(j, j)))
	return math.Log(p), 1 - p
}

// Rates returns the rate matrix Q of the methods Naive, PerState, MeanDiagonal, LD (70)–(71), and HoldingTime, in 1/time:
// Q[i,j] is the rate j→i, κⱼ P[i,j]/τ for the first three, and columns sum to zero. The logarithms have no sparse rate matrix;
// see Generator.
func (q *RateMatrix) Rates(m Method) (*Sparse, error) {
	if m == HoldingTime {
		return q.holdingRates()
	}
	kappa, err := q.factors(m)
	if err != nil {
		return nil, err
	}
	n := q.P.Cols
	out := &Sparse{Rows: n, Cols: n, Start: make([]int, 1, n+1)}
	for j, k := range kappa {
		out.appendRates(q.P, j, k/q.Tau)
	}
	return out, nil
}

// appendRates appends column j: the off-diagonal of p times f, and the diagonal that makes the sum zero.
func (s *Sparse) appendRates(p *Sparse, j int, f float64) {
	rows, vals := p.Column(j)
	diagonal, exit := -1, 0.0
	for k, i := range rows {
		if diagonal < 0 && int(i) >= j {
			diagonal = len(s.Row)
			s.Row, s.Val = append(s.Row, int32(j)), append(s.Val, 0)
		}
		if int(i) != j {
			s.Row, s.Val = append(s.Row, i), append(s.Val, vals[k]*f)
			exit += vals[k] * f
		}
	}
	if diagonal < 0 {
		diagonal = len(s.Row)
		s.Row, s.Val = append(s.Row, int32(j)), append(s.Val, 0)
	}
	s.Val[diagonal] = -exit
	s.Start = append(s.Start, len(s.Row))
}

// maxDense is the largest chain whose logarithm is formed: beyond, it takes minutes and nothing needs it.
const maxDense = 512

// Generator returns the rate matrix Q of method m, in 1/time: sparse for Naive, PerState and MeanDiagonal, and for
// CellLogarithm the dense ln(P)/τ by a Schur form, of at most 512 states. Off-diagonal elements of the logarithm may be
// negative: P need not be the exponential of a rate matrix.
func (q *RateMatrix) Generator(m Method) (mat.Matrix, error) {
	if m != CellLogarithm {
		return q.Rates(m)
	}
	if q.P.Cols > maxDense {
		return nil, fmt.Errorf("markov: the dense logarithm of %d states is beyond the limit of %d: CorrelationRate and Correlation need only its action", q.P.Cols, maxDense)
	}
	s, err := newSchur(q.P)
	if err != nil {
		return nil, err
	}
	s.treat(floorShare * math.Sqrt(q.noise()))
	g, err := s.log()
	if err != nil {
		return nil, err
	}
	g.Scale(1/q.Tau, g)
	return g, nil
}

// correlationRate returns X Q Π Xᵀ, LD (45), as a sum over the rates: Σ (Xᵢ − Xⱼ) Q[i,j] πⱼ Xⱼᵀ.
func (q *RateMatrix) correlationRate(rates *Sparse) *mat.Dense {
	d := q.Dim
	mean := weightedMean(q.Centroids, q.Pi, d)
	c := mat.NewDense(d, d, nil)
	flow := make([]float64, d)
	for j, p := range q.Pi {
		clear(flow)
		from := q.Centroids[j*d : (j+1)*d]
		rows, vals := rates.Column(j)
		for k, i := range rows {
			for a, x := range q.Centroids[int(i)*d : (int(i)+1)*d] {
				flow[a] += (x - from[a]) * vals[k]
			}
		}
		for a, f := range flow {
			row := c.RawRowView(a)
			for b, x := range from {
				row[b] += f * p * (x - mean[b])
			}
		}
	}
	return c
}
