package markov

// centred returns the sums, and the centroids, for r counted from the means of the samples at which transitions begin, so
// that the coordinates inside the cells are exactly orthogonal to the cells. They were counted from centroids that are
// means over all samples, or over parts of the data that have since been left out. counts are those of the transitions.
func (n *inner) centred(counts *Sparse, centroids []float64) (*inner, []float64) {
	d, from := n.dim, counts.columnSums()
	out, moved, shift := n.clone(), append([]float64(nil), centroids...), make([]float64, len(n.own))
	for j, count := range from {
		for a := j * d; a < (j+1)*d && count > 0; a++ {
			shift[a] = n.own[a] / count
			moved[a] += shift[a]
		}
	}
	clear(out.own)
	for j, count := range from {
		s := shift[j*d : (j+1)*d]
		addOuter(out.gram, -count, s, s)
		addOuter(out.cross, -1, s, n.arrive[j*d:(j+1)*d])
		addOuter(out.cross, -1, n.depart[j*d:(j+1)*d], s)
		rows, vals := counts.Column(j)
		for k, i := range rows {
			to := shift[int(i)*d : (int(i)+1)*d]
			addOuter(out.cross, vals[k], s, to)
			addScaled(out.arrive[j*d:(j+1)*d], -vals[k], to)
			addScaled(out.depart[int(i)*d:(int(i)+1)*d], -vals[k], s)
		}
	}
	return out, moved
}

// addOuter adds f·a bᵀ to m, by rows.
func addOuter(m []float64, f float64, a, b []float64) {
	for i, v := range a {
		addScaled(m[i*len(b):(i+1)*len(b)], f*v, b)
	}
}

// addScaled adds f·x to dst.
func addScaled(dst []float64, f float64, x []float64) {
	for i, v := range x {
		dst[i] += f * v
	}
}
