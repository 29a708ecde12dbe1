package markov

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// koopman is the transition operator T on functions, in an orthonormal basis of the π-weighted inner product: the
// indicators 1ⱼ/√πⱼ of the n cells, then the r ≤ D whitened coordinates inside the cells, if known. Element (a, b) is
// ⟨φₐ, T φ_b⟩ = E[φₐ(x(t)) φ_b(x(t+τ))]. On the cells alone it is Π^{1/2} Pᵀ Π^{−1/2}.
type koopman struct {
	p      *Sparse     // by columns j: √πⱼ P[i,j] / √πᵢ
	arrive [][]float64 // r vectors of n: ⟨1ⱼ/√πⱼ, T ρ⟩
	depart [][]float64 // r vectors of n: ⟨ρ, T 1ᵢ/√πᵢ⟩
	cross  *mat.Dense  // r×r: ⟨ρ, T ρ⟩
}

func (k *koopman) size() int { return k.p.Cols + len(k.arrive) }

func (k *koopman) applyTo(dst, x []float64) {
	n := k.p.Cols
	for j := range n {
		rows, vals := k.p.Column(j)
		sum := 0.0
		for m, i := range rows {
			sum += vals[m] * x[i]
		}
		dst[j] = sum
	}
	for e, arrive := range k.arrive {
		xe := x[n+e]
		for j, v := range arrive {
			dst[j] += v * xe
		}
	}
	for e, depart := range k.depart {
		sum := 0.0
		for i, v := range depart {
			sum += v * x[i]
		}
		for f := range k.depart {
			sum += k.cross.At(e, f) * x[n+f]
		}
		dst[n+e] = sum
	}
}

// newKoopman scales P to the orthonormal basis of the cells.
func newKoopman(p *Sparse, pi []float64) *koopman {
	root, inverse := make([]float64, len(pi)), make([]float64, len(pi))
	for j, v := range pi {
		if v > 0 {
			root[j] = math.Sqrt(v)
			inverse[j] = 1 / root[j]
		}
	}
	s := p.scaled(root)
	for k, i := range s.Row {
		s.Val[k] *= inverse[i]
	}
	return &koopman{p: s}
}

// insignificant is the share of the largest variance inside the cells below which a direction is taken to have none.
const insignificant = 1e-10

// extend adds the coordinates inside the cells to the basis. It returns the r×D matrix W with which x = X + Wᵀρ, the
// whitened ρ having ⟨ρ ρᵀ⟩ = I; nil when the samples do not vary inside the cells.
func (k *koopman) extend(n *inner, pi []float64) *mat.Dense {
	d := n.dim
	var eigen mat.EigenSym
	gram := mat.NewSymDense(d, nil)
	for a := range d {
		for b := range a + 1 {
			gram.SetSym(a, b, n.gram[a*d+b]/n.total)
		}
	}
	if !eigen.Factorize(gram, true) {
		return nil
	}
	values := eigen.Values(nil)
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	first := 0
	for first < d && !(values[first] > insignificant*values[d-1]) {
		first++
	}
	if first == d {
		return nil
	}
	r := d - first
	w, whiten := mat.NewDense(r, d, nil), mat.NewDense(r, d, nil)
	for e := range r {
		root := math.Sqrt(values[first+e])
		for a := range d {
			v := vectors.At(a, first+e)
			w.Set(e, a, v*root)
			whiten.Set(e, a, v/root)
		}
	}
	k.couple(n, whiten, pi)
	return w
}

// couple fills in the elements between the cells and the whitened coordinates ρ = whiten·r.
func (k *koopman) couple(n *inner, whiten *mat.Dense, pi []float64) {
	d := n.dim
	r, _ := whiten.Dims()
	for e := range r {
		row := whiten.RawRowView(e)
		arrive, depart := make([]float64, len(pi)), make([]float64, len(pi))
		for j, v := range pi {
			if v == 0 {
				continue
			}
			scale := 1 / (n.total * math.Sqrt(v))
			for a, c := range row {
				arrive[j] += c * n.arrive[j*d+a] * scale
				depart[j] += c * n.depart[j*d+a] * scale
			}
		}
		k.arrive, k.depart = append(k.arrive, arrive), append(k.depart, depart)
	}
	k.cross = mat.NewDense(r, r, nil)
	k.cross.Product(whiten, mat.NewDense(d, d, n.cross), whiten.T())
	k.cross.Scale(1/n.total, k.cross)
}

// coordinates returns the D coordinates, less their means, as vectors of the basis; w is what extend returned.
func coordinates(centroids, pi []float64, dim int, w *mat.Dense) [][]float64 {
	r := 0
	if w != nil {
		r, _ = w.Dims()
	}
	mean := weightedMean(centroids, pi, dim)
	out := make([][]float64, dim)
	for a := range out {
		v := make([]float64, len(pi)+r)
		for j, p := range pi {
			v[j] = math.Sqrt(p) * (centroids[j*dim+a] - mean[a])
		}
		for e := range r {
			v[len(pi)+e] = w.At(e, a)
		}
		out[a] = v
	}
	return out
}

// constant returns the function 1 as a vector of the basis with r coordinates inside the cells.
func constant(pi []float64, r int) []float64 {
	out := make([]float64, len(pi)+r)
	for j, p := range pi {
		out[j] = math.Sqrt(p)
	}
	return out
}

// weightedMean returns Σⱼ πⱼ Xⱼ.
func weightedMean(centroids, pi []float64, dim int) []float64 {
	mean := make([]float64, dim)
	for j, p := range pi {
		for a := range mean {
			mean[a] += p * centroids[j*dim+a]
		}
	}
	return mean
}
