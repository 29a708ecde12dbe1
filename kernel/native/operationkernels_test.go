package native

import "math"

// The functions of this file are compiled twice, like those of kernels_test.go.

func opEscape(x, y float64) float64 {
	zr, zi, n := 0.0, 0.0, 0
	for n < 60 && zr*zr+zi*zi < 4 {
		zr, zi = zr*zr-zi*zi+x, 2*zr*zi+y
		n++
	}
	return zr + float64(n)
}

func opHalfSet(x, y float64) float64 {
	s := 0.0
	for n := 0; n < 25 && x*y < 50 && x*x < 90; n++ {
		s += x * y
		x = x*x/3 - y
		s -= x*x + x*y
	}
	return s
}

func opBranch(x, y float64) float64 {
	s := 0.0
	for n := 0; n < 30 && x-y != 0; n++ {
		if x*y > 1 {
			y = x - y
			s += x * y
		} else if x*y < -1 {
			x /= 2
			continue
		}
		s += x*y - (x - y)
		x += 0.25
	}
	return s
}

func opEither(x, y float64) float64 {
	s := 0.0
	for n := 0; !(x*x > 80 || n > 12 && y*y > 2 || n > 40); n++ {
		s += y*y - x*x
		if n%2 == 0 && x*y > s || y/x < 1 {
			x, y = y+1, x-0.5
		}
		s *= 0.5
		s += x*y + y/x
	}
	return s
}

func opShadow(x, y float64) float64 {
	s := x * y
	for i := 0; i < 5; i++ {
		var x float64
		s += x*x + y*y
		x = y + float64(i)
		s += x * x
	}
	return s - x*y
}

func opTurn(a, b float64) float64 {
	if a*b > 1 {
		return a*b - 1
	}
	a += 0.5
	return a * b
}

func opInlined(x, y float64) float64 {
	s := x*y + opTurn(x, y)
	for i := 0; i < 4; i++ {
		s += opTurn(s, x) - opTurn(y, x) + x*y
		x = opTurn(x, y)
	}
	return s + x*y
}

func opSingle(x, y float64) float64 {
	a, b := float32(x), float32(y)
	for n := 0; n < 9 && a*b < 20; n++ {
		a, b = a*b+a/b, a-b
	}
	return float64(a*b) + float64(a/b)
}

func opDivide(x, y float64) float64 {
	s, t, u := 0.0, 0.0, 1.0
	var a [4]float64
	for i := 0; i < 9; i++ {
		r2 := x*x + y*y + u
		r := math.Sqrt(r2)
		w, v := 1/(r2*r), x/r
		s -= 1 / r
		t += w / v
		u += v*w - s/t
		a[i%4] = u/r2 + y/(w+1)
		x, y = x+y*w+a[0]/3, y-x*v-a[1]/u
	}
	return s*t + u/x - a[2]/a[3]
}

func opOrder(x, y float64) float64 {
	a := [6]float64{x, y, 1, 2, 3}
	b := a
	s := 0.0
	for range 7 {
		a[1] = a[0]*0.5 + b[1]*x - s/3 + a[2]*y
		a[0], a[2] = a[2]+a[1]*y, a[0]-a[1]*a[4]/7
		b[3] = a[1] + a[2]*b[0] - b[4]*a[0]
		b[0], s = b[3]-a[1]*a[1], s+a[0]*b[3]+a[2]/b[0]
		a[4] = b[3]/a[1] - s*s
		x, y = y-a[4]*0.25, x+b[0]/9
	}
	return s + a[4] + b[0]
}
