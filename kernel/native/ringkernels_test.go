package native

// The functions of this file are compiled twice, like those of kernels_test.go.

func ringBoth(dst, x []float64, start, n int) int {
	for i := start; i < n; i++ {
		dst[i] = (x[(i+1)%n]-x[(i+n-2)%n])*x[(n-1+i)%n] - x[i+1-1]
	}
	return 0
}

func ringLength(dst, x []float64, start, n int) int {
	for i := range x {
		dst[i] = x[(i+1)%len(x)] - x[(i+len(x)-1)%len(x)] + x[(i+3)%len(dst)]
	}
	return len(x)
}

func ringConstant(dst, x []float64, start, n int) int {
	sum := 0
	for i := 0; i < n; i++ {
		dst[i] = x[2+(i+1)%5]*x[(i+4)%5] + x[(i+12)%5]
		sum += (i+3)%5 - 7*((i+5)%5)
	}
	return sum
}

func ringBack(dst, x []float64, start, n int) int {
	for i := start; i < n; i++ {
		dst[i] = x[(i-1)%n] + x[(i-4)%7]
	}
	return 1
}

func ringLeave(dst, x []float64, start, n int) int {
	for i := 0; i < len(dst); i++ {
		at := (i + 2) % n
		if x[at] > 1.5 {
			continue
		}
		if x[(i+n-1)%n] < -1.9 {
			return at
		}
		dst[i] += x[(i+1)%n] + float64((i+2)%n)
	}
	return -1
}

func ringWritten(dst, x []float64, start, n int) int {
	for i := 0; i < n; i++ {
		x[(i+1)%n] += 0.5 * x[i]
		dst[(i+n-1)%n] = x[(i+0)%n]
	}
	return 2
}

func ringOnly(dst, x []float64, start, n int) int {
	sum := 0
	for i := start; i < start+6; i++ {
		sum = 3*sum + (i+1)%n - (i+n+1)%n
	}
	return sum
}

func ringWide(dst, x []float64, start, n int) int {
	sum := 0
	for i := 0; i < n; i++ {
		dst[i] = x[(i+13)%14] - x[(i+15)%14]
		sum += i * ((i + 27) % 14)
	}
	return sum
}

func ringFar(dst, x []float64, start, n int) int {
	sum := 0
	for i := 0; i < n; i++ {
		sum += i * ((i - 9) % 7)
	}
	return sum
}
