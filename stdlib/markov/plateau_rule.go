package markov

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// agreement is the relative difference of two Φ that are one value whatever the bands.
const agreement = 0.02

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
