package mobility

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"scorebook/internal/parallel"
	"scorebook/internal/rng"
	"scorebook/stdlib/score"
	"scorebook/stdlib/trajectory"
)

// chunk is how many samples are perturbed and scored together. Each chunk has its own stream of noise, so the result does
// not depend on the cores.
const chunk = 1024

// stein measures V = N⁻¹ Σ s(yₙ)(yₙ − ⟨x⟩)ᵀ, LD (38). Subtracting the mean leaves the identity as it is and spares V the
// noise of ⟨s⟩⟨x⟩ᵀ in coordinates that are not centred.
type stein struct {
	t     *trajectory.Trajectory
	s     score.Score
	mean  []float64
	sigma float64
	seed  uint64
	sums  []*mat.Dense // Σ s yᵀ over each part of the data
	count []float64    // samples in each part
}

// newStein measures the sums over the samples of each part; block gives part k of parts.
func newStein(ctx context.Context, t *trajectory.Trajectory, s score.Score, parts int, block func(k int) (int, int), o Options) (*stein, error) {
	v := &stein{t: t, s: s, mean: t.Moments().Mean, sigma: o.Sigma, seed: o.Seed, sums: make([]*mat.Dense, parts), count: make([]float64, parts)}
	done := 0
	err := parallel.Each(ctx, parts, func(k int) error {
		from, to := block(k)
		v.count[k] = float64(to - from)
		var err error
		v.sums[k], err = v.sum(ctx, from, to)
		return err
	}, func(k int) {
		done += int(v.count[k])
		o.report("Stein matrix", done, t.Len())
	})
	if err != nil {
		return nil, fmt.Errorf("mobility: Stein matrix interrupted: %w", err)
	}
	return v, nil
}

// sum returns Σ s(y) (y − ⟨x⟩)ᵀ over the samples [from, to).
func (v *stein) sum(ctx context.Context, from, to int) (*mat.Dense, error) {
	d := v.t.Dim
	sum := mat.NewDense(d, d, nil)
	y, s := make([]float64, chunk*d), make([]float64, chunk*d)
	for a := from; a < to; a += chunk {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		x := v.t.X[a*d : min(a+chunk, to)*d]
		points := y[:len(x)]
		v.perturb(points, x, a)
		v.s.ScoreTo(s[:len(x)], points)
		v.add(sum, s[:len(x)], points)
	}
	return sum, nil
}

// perturb sets y = x + σz for the chunk that begins at sample a.
func (v *stein) perturb(y, x []float64, a int) {
	if v.sigma == 0 {
		copy(y, x)
		return
	}
	noise := rng.New(v.seed, "mobility", uint64(a))
	noise.Normals(y)
	for i, value := range x {
		y[i] = value + v.sigma*y[i]
	}
}

// add adds s (y − ⟨x⟩)ᵀ for each point.
func (v *stein) add(sum *mat.Dense, s, y []float64) {
	d := len(v.mean)
	for k := 0; k < len(y); k += d {
		for j, m := range v.mean {
			y[k+j] -= m
		}
		for i, si := range s[k : k+d] {
			row := sum.RawRowView(i)
			for j, yj := range y[k : k+d] {
				row[j] += si * yj
			}
		}
	}
}

// matrix returns V over all parts but one; −1 leaves none out.
func (v *stein) matrix(without int) *mat.Dense {
	d := v.t.Dim
	out, n := mat.NewDense(d, d, nil), 0.0
	for k, s := range v.sums {
		if k != without {
			out.Add(out, s)
			n += v.count[k]
		}
	}
	out.Scale(1/n, out)
	return out
}
