package sde

import "math"

// stretches advances a block by a compiled loop.
type stretches struct {
	*block
	Constants
	ahead int       // steps for which there is noise
	noise []float64 // step after step
	work  []float64
	start []float64
	kept  []float64 // the samples of one stretch, room of them for each member
	room  int
	add   *increments // of a constant B
}

func newStretches(b *block) *stretches {
	d, n, noise := b.sde.Dim, b.size, b.sde.Noise
	s := &stretches{block: b, ahead: b.ahead, start: make([]float64, n*d), add: newIncrements(equation{dim: d, noise: noise, dt: b.run.Dt})}
	s.Dt, s.Root, s.Bound = b.run.Dt, s.add.root, math.MaxFloat64
	if b.run.Bound > 0 {
		s.Bound = min(s.Bound, b.run.Bound)
	}
	if noise.Calculus == Ito {
		s.Ito = 1
	}
	if noise.field != nil {
		s.Sources, s.Width, s.Diagonal = b.sources, len(s.add.b), s.add.diagonal
	}
	s.work = make([]float64, 4*n*d+3*s.Width)
	if b.sources == 0 {
		s.ahead = max(1, min(noiseValues/(n*d), max(b.run.BurnIn, b.run.last())))
	}
	s.noise = make([]float64, s.ahead*n*max(d, s.Sources))
	s.room = ((s.ahead-1)/b.run.Every + 1) * d
	s.kept = make([]float64, n*s.room)
	if b.sources == 0 && b.run.Scheme == EulerMaruyama { // whose stepper adds nothing: −0 changes no sum
		for i := range s.noise {
			s.noise[i] = math.Copysign(0, -1)
		}
	}
	return s
}

// integrate advances the block through its burn-in and its samples, or until the ensemble's limit.
func (s *stretches) integrate() {
	s.Draws = s.members * s.sde.Dim
	if s.Width > 0 {
		s.Draws = s.members * s.Sources
	}
	clear(s.work)
	copy(s.start, s.x)
	s.used = s.ahead
	if s.run.BurnIn > 0 {
		s.draw("sde burn-in")
		if !s.advance(-s.run.BurnIn, 0) {
			return
		}
	}
	s.draw("sde")
	s.sample(0)
	s.advance(0, s.run.last())
}

// advance takes the steps from `from` up to `to`, with the samples after step 0. It is false when the limit or a blow-up
// ended it before.
func (s *stretches) advance(from, to int) bool {
	for n := from; n < to; {
		if int64(n) >= s.limit.Load() {
			return false
		}
		if s.used == s.ahead {
			s.layOut()
		}
		p := s.stretch(n, min(to-n, s.ahead-s.used))
		done, resets := s.inner(p)
		s.resets += resets
		s.steps.Add(int64(done * s.members))
		if done < p.Steps {
			s.fail(s.blowUp(s.firstNotFinite(), n+done+1))
			return false
		}
		s.keep(n, p)
		n += done
		s.used += done
	}
	return true
}

// stretch is the one of that many steps from step n on.
func (s *stretches) stretch(n, steps int) Stretch {
	p := Stretch{X: s.x, Noise: s.noise[s.used*s.Draws:], Work: s.work, Start: s.start[:len(s.x)], Samples: s.kept, Apart: s.room,
		Steps: steps, First: steps + 1, Every: s.run.Every, Constants: s.Constants}
	if n >= 0 {
		p.First = s.run.Every - n%s.run.Every
	}
	return p
}

// keep stores the samples of a stretch that began at step n.
func (s *stretches) keep(n int, p Stretch) {
	if p.First > p.Steps {
		return
	}
	d := s.sde.Dim
	values := ((p.Steps-p.First)/p.Every + 1) * d
	for m := range s.members {
		at := ((s.first+m)*s.run.samples() + (n+p.First)/p.Every) * d
		copy(s.samples[at:], s.kept[m*s.room:][:values])
	}
}

// layOut draws noise and puts it in the order in which the loop takes it: step after step, as increments when B is
// constant.
func (s *stretches) layOut() {
	if s.sources == 0 {
		s.used = 0
		return
	}
	s.refill()
	c, d := s.sources, s.sde.Dim
	for m := range s.members {
		z := s.z[m*s.stride:]
		switch {
		case s.Width > 0:
			for n := range s.ahead {
				copy(s.noise[n*s.Draws+m*c:], z[n*c:(n+1)*c])
			}
		case s.add.amplitude != nil:
			for n := range s.ahead {
				scaled(s.noise[n*s.Draws+m*d:][:d], s.add.amplitude, z[n*c:])
			}
		default:
			for n := range s.ahead {
				product(s.noise[n*s.Draws+m*d:][:d], s.add.matrix, z[n*c:(n+1)*c], 1)
			}
		}
	}
}
