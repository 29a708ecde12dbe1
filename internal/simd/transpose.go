package simd

// transposePortable writes the rows×cols matrix src into dst as cols×rows.
func transposePortable(dst, src []float32, rows, cols int) {
	for i := range rows {
		for j, v := range src[i*cols : (i+1)*cols] {
			dst[j*rows+i] = v
		}
	}
}
