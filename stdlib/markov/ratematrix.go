package markov

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/partition"
	"scorebook/stdlib/trajectory"
)

// RateMatrix is a Markov chain on the cells of a partition, seen over one lag, and the method by which its generator is
// taken. Its states are the cells of the largest set that trajectories connect both ways.
type RateMatrix struct {
	Method    Method
	Dim       int       // D
	Lag       int       // samples
	Tau       float64   // lag time τ
	P         *Sparse   // n×n, P[i,j] is the probability of j→i over τ; columns sum to one
	Pi        []float64 // share of the transitions that begin in each state
	Centroids []float64 // n×D, state by state: the mean of the samples in each, in the trajectory's coordinates

	Tree          *partition.Tree // nil when the chain was given by its counts
	States        []int32         // the cell of each state
	Cells         int             // cells of the partition, visited or not
	Transitions   float64         // counted among the states
	LeftOut       float64         // share of the counted transitions that touch other cells
	LeaveFraction float64         // share of the transitions that leave their state

	Krylov Krylov   // the projection behind Logarithm and CellLogarithm; zero for other methods
	Memory Memory   // how far the chain of a logarithm is from Markovian; zero for other methods and without a trajectory
	Rank   int      // of C(0) behind GreenKubo and GroupInverse; below D where coordinates depend on one another
	Scan   *Plateau // the scan that chose the lag, by Options.ChooseLag

	cutoff     float64        // end of the Green–Kubo integral; 0 when not known yet
	integrals  *integrals     // of the method GreenKubo
	increments [2]*increments // of the methods Direct, at the lag, and Richardson, at twice the lag too
	series     *series
	inner      *inner
	projection *projection
	counts     *Sparse
}

// Trajectory returns what the rate matrix was made from; nil for a chain given by its counts.
func (q *RateMatrix) Trajectory() *trajectory.Trajectory {
	if q.series == nil {
		return nil
	}
	return q.series.t
}

// largestLoss is the share of transitions that may lie outside the connected set. Ends of runs make a few.
const largestLoss = 0.01

// New returns the rate matrix of a chain given by its counts. centroids are the coordinates of each cell, cell by cell,
// D = len(centroids)/cells of them; dt is the time between samples, so that τ = c.Lag·dt. It is an error when more than
// one transition in a hundred lies outside the largest connected set of cells.
func New(c *Counts, centroids []float64, dt float64, m Method) (*RateMatrix, error) {
	cells := c.Cells()
	if len(centroids) == 0 || len(centroids)%cells != 0 {
		panic(fmt.Sprintf("markov: %d centroid values for %d cells", len(centroids), cells))
	}
	if !(dt > 0) || math.IsInf(dt, 0) {
		return nil, fmt.Errorf("markov: the time between samples is %g; it must be positive", dt)
	}
	q, err := newChain(c, dt)
	if err != nil {
		return nil, err
	}
	q.Method, q.Dim = m, len(centroids)/cells
	for _, j := range q.States {
		q.Centroids = append(q.Centroids, centroids[int(j)*q.Dim:(int(j)+1)*q.Dim]...)
	}
	return q, q.project(context.Background())
}

// newChain restricts the counts to the connected set and normalises them.
func newChain(c *Counts, dt float64) (*RateMatrix, error) {
	states, shares := connected(c.N)
	counts := c.N
	if len(states) < counts.Cols {
		counts = counts.sub(states)
	}
	q := &RateMatrix{Lag: c.Lag, Tau: float64(c.Lag) * dt, States: states, Cells: c.N.Cols}
	q.setCounts(counts)
	all := c.Total()
	q.LeftOut = 1 - q.Transitions/all
	if q.LeftOut > largestLoss || len(states) < 2 {
		return nil, disconnected(q, shares)
	}
	return q, nil
}

func disconnected(q *RateMatrix, shares []float64) error {
	if len(shares) < 2 {
		return fmt.Errorf("markov: the trajectory stays in %d of %d cells: bring a longer trajectory or take more cells", len(q.States), q.Cells)
	}
	return fmt.Errorf("markov: the cells fall into %d sets that no trajectory connects both ways, the two largest with %.3g %% and %.3g %% of the transitions: "+
		"bring longer runs, or take fewer cells", len(shares), 100*shares[0], 100*shares[1])
}

// setCounts derives P, π and the leave fraction from the counts among the states.
func (q *RateMatrix) setCounts(counts *Sparse) {
	from := counts.columnSums()
	q.counts, q.Transitions = counts, 0
	for _, v := range from {
		q.Transitions += v
	}
	inverse := make([]float64, len(from))
	q.Pi = make([]float64, len(from))
	stays := 0.0
	for j, v := range from {
		if v > 0 {
			inverse[j] = 1 / v
		}
		q.Pi[j] = v / q.Transitions
		stays += counts.At(j, j)
	}
	q.P = counts.scaled(inverse)
	q.LeaveFraction = 1 - stays/q.Transitions
}

// noise is n/N. Its root is the modulus that counting noise alone gives the eigenvalues of P: that of a random matrix
// with as many states and transitions.
func (q *RateMatrix) noise() float64 { return float64(q.P.Cols) / q.Transitions }

// project takes the logarithm when the method asks for one.
func (q *RateMatrix) project(ctx context.Context) error {
	if !q.Method.projects() {
		return nil
	}
	p, err := q.logarithm(ctx, q.Method)
	if err != nil {
		return err
	}
	q.projection, q.Krylov = p, p.facts
	return nil
}

// logarithm projects the transition operator and takes its logarithm.
func (q *RateMatrix) logarithm(ctx context.Context, m Method) (*projection, error) {
	return q.transition(m).logarithm(ctx)
}

// transition returns the transition operator of a logarithm.
func (q *RateMatrix) transition(m Method) *transition {
	op := newKoopman(q.P, q.Pi)
	t := &transition{op: op, noise: q.noise(), tau: q.Tau}
	if m == CellLogarithm || q.inner == nil {
		t.x, t.constant = coordinates(q.Centroids, q.Pi, q.Dim, nil), constant(q.Pi, 0)
		return t
	}
	inner, centroids := q.inner.centred(q.counts, q.Centroids)
	t.x = coordinates(centroids, q.Pi, q.Dim, op.extend(inner, q.Pi))
	t.constant = constant(q.Pi, len(op.arrive))
	return t
}

// CorrelationRate returns Ċ(0⁺) = X Q Π Xᵀ, LD (45), by the rate matrix's own method: D×D, in the trajectory's
// coordinates squared per unit of time.
func (q *RateMatrix) CorrelationRate() (*mat.Dense, error) { return q.CorrelationRateBy(q.Method) }

// CorrelationRateBy returns Ċ(0⁺) by another method, from the same counts.
func (q *RateMatrix) CorrelationRateBy(m Method) (*mat.Dense, error) {
	switch m {
	case Logarithm, CellLogarithm:
		p, err := q.projected(m)
		if err != nil {
			return nil, err
		}
		return p.rate(), nil
	case GroupInverse:
		return q.Closure(Logarithm)
	case Direct, Richardson, GreenKubo:
		if q.series == nil {
			return nil, fmt.Errorf("markov: the method %q needs a trajectory, and this chain was given by its counts", m)
		}
		if m == GreenKubo {
			return q.greenKubo(context.Background())
		}
		return q.directRate(context.Background(), m == Richardson)
	}
	rates, err := q.Rates(m)
	if err != nil {
		return nil, err
	}
	return q.correlationRate(rates), nil
}

// Projection tells of the projection behind a logarithm that need not be the chain's own method.
func (q *RateMatrix) Projection(m Method) (*Krylov, error) {
	if m != Logarithm && m != CellLogarithm {
		return nil, fmt.Errorf("markov: the method %q projects nothing", m)
	}
	p, err := q.projected(m)
	if err != nil {
		return nil, err
	}
	return &p.facts, nil
}

// projected returns the projection for the logarithm m, which may be the chain's own.
func (q *RateMatrix) projected(m Method) (*projection, error) {
	own := q.Method
	if own == GroupInverse {
		own = Logarithm
	}
	if q.projection != nil && own == m {
		return q.projection, nil
	}
	return q.logarithm(context.Background(), m)
}
