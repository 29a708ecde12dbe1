package score

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// Linear returns s(x) − B x, with the D×D matrix B. For B = (V + I) ⟨x xᵀ⟩⁻¹, V = ⟨s xᵀ⟩, it fulfils the Stein identity
// ⟨s xᵀ⟩ = −I, LD (31), on the samples of the averages: s is freed of the part of its error that is linear in x.
func Linear(s Score, b *mat.Dense) Score {
	if r, c := b.Dims(); r != s.Dim() || c != r {
		panic(fmt.Sprintf("score: a %d×%d matrix for a score of %d coordinates", r, c, s.Dim()))
	}
	return &linear{s, mat.DenseCopyOf(b).RawMatrix().Data}
}

type linear struct {
	Score
	b []float64 // by rows
}

func (l *linear) ScoreTo(dst, x []float64) {
	l.Score.ScoreTo(dst, x)
	d := l.Dim()
	for k := 0; k < len(x); k += d {
		at, out := x[k:k+d], dst[k:k+d]
		for i := range out {
			for j, b := range l.b[i*d : (i+1)*d] {
				out[i] -= b * at[j]
			}
		}
	}
}

// KernelWidth returns that of s, or 0 where s does not tell it.
func (l *linear) KernelWidth() float64 {
	if w, ok := l.Score.(interface{ KernelWidth() float64 }); ok {
		return w.KernelWidth()
	}
	return 0
}
