package simd

// transpose writes the rows×cols matrix src into dst as cols×rows: 8×8 blocks in registers, the rest one by one.
func transpose(set isa, dst, src []float32, rows, cols int) {
	if set == portable {
		transposePortable(dst, src, rows, cols)
		return
	}
	const size, side = 4, 8
	r, c := rows/side*side, cols/side*side
	if c > 0 {
		for i := 0; i < r; i += side {
			transpose8(&dst[i], &src[i*cols], size*rows, size*cols, c/side)
		}
	}
	for i := range rows {
		first := c
		if i >= r {
			first = 0
		}
		for j := first; j < cols; j++ {
			dst[j*rows+i] = src[i*cols+j]
		}
	}
}
