package markov

// combined returns s + f·o, both of the same size. Elements that cancel are not stored.
func (s *Sparse) combined(f float64, o *Sparse) *Sparse {
	room := s.NNZ() + o.NNZ()
	out := &Sparse{Rows: s.Rows, Cols: s.Cols, Start: make([]int, 1, s.Cols+1), Row: make([]int32, 0, room), Val: make([]float64, 0, room)}
	for j := range s.Cols {
		ar, av := s.Column(j)
		br, bv := o.Column(j)
		for len(ar) > 0 || len(br) > 0 {
			switch {
			case len(br) == 0 || len(ar) > 0 && ar[0] < br[0]:
				out.push(ar[0], av[0])
				ar, av = ar[1:], av[1:]
			case len(ar) == 0 || br[0] < ar[0]:
				out.push(br[0], f*bv[0])
				br, bv = br[1:], bv[1:]
			default:
				out.push(ar[0], av[0]+f*bv[0])
				ar, av, br, bv = ar[1:], av[1:], br[1:], bv[1:]
			}
		}
		out.Start = append(out.Start, len(out.Row))
	}
	return out
}

// push appends an element to the last column, unless it is zero.
func (s *Sparse) push(i int32, v float64) {
	if v != 0 {
		s.Row, s.Val = append(s.Row, i), append(s.Val, v)
	}
}
