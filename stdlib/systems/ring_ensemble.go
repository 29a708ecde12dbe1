package systems

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"scorebook/internal/rng"
	"scorebook/internal/spectral"
	"scorebook/stdlib/sde"
)

// ringEnsemble is a simulation of Kuramoto–Sivashinsky under way: blocks of members, which workers take one after another.
type ringEnsemble struct {
	system  KuramotoSivashinsky
	run     sde.Run
	plan    *spectral.Plan
	circle  []float64 // sin(2πx/N)
	samples int       // of each member
	out     []float64 // member-major

	next, steps atomic.Int64
	halted      atomic.Bool

	mu      sync.Mutex
	failure *sde.BlowUp
}

func newRingEnsemble(s KuramotoSivashinsky, r sde.Run) *ringEnsemble {
	e := &ringEnsemble{system: s, run: r, plan: spectral.NewPlan(s.Points), samples: (r.Steps-1)/r.Every + 1}
	e.out = make([]float64, r.Ensemble*e.samples*s.Dim())
	e.circle = make([]float64, s.Points)
	for x := range e.circle {
		e.circle[x] = math.Sin(2 * math.Pi * float64(x) / float64(s.Points))
	}
	return e
}

// blocks is the number of blocks, each of spectral.Width members or the rest.
func (e *ringEnsemble) blocks() int { return (e.run.Ensemble + spectral.Width - 1) / spectral.Width }

// total is the number of steps of all members.
func (e *ringEnsemble) total() int {
	return e.run.Ensemble * (e.run.BurnIn + (e.samples-1)*e.run.Every)
}

// integrate runs the workers to their end while it watches ctx and reports progress.
func (e *ringEnsemble) integrate(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("systems: Kuramoto–Sivashinsky: %w", err)
	}
	done := e.launch()
	defer func() { // also when Progress panics: no worker outlives the call
		e.halted.Store(true)
		<-done
	}()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return e.outcome()
		case <-ctx.Done():
			return fmt.Errorf("systems: Kuramoto–Sivashinsky stopped after %d of %d steps: %w", e.steps.Load(), e.total(), ctx.Err())
		case <-tick.C:
			e.report()
		}
	}
}

func (e *ringEnsemble) report() {
	if e.run.Progress != nil {
		e.run.Progress("simulation", int(e.steps.Load()), e.total())
	}
}

func (e *ringEnsemble) outcome() error {
	if e.failure != nil {
		return fmt.Errorf("systems: Kuramoto–Sivashinsky: %w", e.failure)
	}
	e.report()
	return nil
}

func (e *ringEnsemble) launch() <-chan struct{} {
	workers := e.run.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var all sync.WaitGroup
	for range min(workers, e.blocks()) {
		all.Go(func() {
			s := newETDRK4(e.plan, e.system.Length, e.run.Dt)
			for b := int(e.next.Add(1)) - 1; b < e.blocks() && !e.halted.Load(); b = int(e.next.Add(1)) - 1 {
				e.block(s, b*spectral.Width)
			}
		})
	}
	done := make(chan struct{})
	go func() {
		all.Wait()
		close(done)
	}()
	return done
}

// block integrates the members from first on. Every lane is filled with the member that it would have in a larger
// ensemble: members share transforms in pairs, and so one's last bits depend on its partner.
func (e *ringEnsemble) block(s *etdrk4, first int) {
	for m := range spectral.Width {
		s.set(m, e.start(first+m))
	}
	s.transform()
	if !e.advance(s, first, -e.run.BurnIn, 0) {
		return
	}
	for k := range e.samples {
		if k > 0 && !e.advance(s, first, (k-1)*e.run.Every, k*e.run.Every) {
			return
		}
		if !e.sample(s, first, k) {
			return
		}
	}
}

// advance takes the steps from `from` to `to`, counted from the end of the burn-in; false when it has been halted.
func (e *ringEnsemble) advance(s *etdrk4, first, from, to int) bool {
	const watch = 64 // steps between looks at the outside
	members := min(spectral.Width, e.run.Ensemble-first)
	for n := from; n < to; n = min(n+watch, to) {
		if e.halted.Load() {
			return false
		}
		batch := min(watch, to-n)
		for range batch {
			s.step()
		}
		e.steps.Add(int64(batch * members))
	}
	return true
}

// sample stores the kept points as sample k of the members; false when a value is not finite.
func (e *ringEnsemble) sample(s *etdrk4, first, k int) bool {
	values, d := s.values(), e.system.Dim()
	for m := range min(spectral.Width, e.run.Ensemble-first) {
		out := e.out[((first+m)*e.samples+k)*d:][:d]
		for i := range out {
			v := values[i*e.system.Stride*spectral.Width+m]
			if v-v != 0 {
				e.fail(&sde.BlowUp{Member: first + m, Step: k * e.run.Every, Time: float64(k*e.run.Every) * e.run.Dt, Coordinate: i, Value: v, Dt: e.run.Dt})
				return false
			}
			out[i] = v
		}
	}
	return true
}

// fail keeps the blow-up of the lowest member; the others still run, so that it is the same on any number of workers.
func (e *ringEnsemble) fail(b *sde.BlowUp) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.failure == nil || b.Member < e.failure.Member {
		e.failure = b
	}
}

// start returns the initial field of member m: the given one, or a random one of unit size whose mode k has an amplitude
// ∝ e^{−(k/k₀)²/2} with k₀ = L/(2π), the end of the growing modes.
func (e *ringEnsemble) start(m int) []float64 {
	n := e.system.Points
	if given := e.run.Start; given != nil {
		at := 0
		if len(given) > n {
			at = min(m, e.run.Ensemble-1) * n
		}
		return given[at : at+n]
	}
	v := make([]float64, n)
	r := rng.New(e.run.Seed, "kuramoto-sivashinsky", uint64(m))
	edge := e.system.Length / (2 * math.Pi)
	for k := 1; 3*k < n && float64(k) < 6*edge; k++ {
		amplitude := math.Exp(-float64(k*k)/(2*edge*edge)) / math.Sqrt(edge)
		c, s := amplitude*r.Normal(), amplitude*r.Normal()
		for x := range v {
			v[x] += c*e.circle[(k*x+n/4)%n] + s*e.circle[k*x%n]
		}
	}
	return v
}
