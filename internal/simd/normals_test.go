package simd

import (
	"fmt"
	"math"
	"testing"

	"scorebook/internal/numtest"
)

// The known answers are those published with the generator (Random123, kat_vectors).
func TestPhiloxKnownAnswers(t *testing.T) {
	for _, c := range []struct {
		counter, want [4]uint32
		key           uint64
	}{
		{[4]uint32{}, [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, 0},
		{
			[4]uint32{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
			[4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, 0xffffffff_ffffffff,
		},
		{
			[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
			[4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}, 0x299f31d0_a4093822,
		},
	} {
		s := newSchedule(c.key)
		if got := philox(&s, c.counter); got != c.want {
			t.Errorf("philox(%x) = %x, want %x", c.counter, got, c.want)
		}
	}
}

// The transform is checked against the standard library's logarithm and sine.
func TestBoxMuller(t *testing.T) {
	s := newSchedule(3)
	for i := range uint32(200_000) {
		w := philox(&s, [4]uint32{i})
		x, y := uint64(w[0])|uint64(w[1])<<32, uint64(w[2])|uint64(w[3])<<32
		switch i {
		case 0:
			x = 0
		case 1:
			x = math.MaxUint64
		}
		u := 1 - float64(x>>12)*0x1p-52
		angle := (float64(y<<2>>12)*0x1p-52 - 0.5) * math.Pi / 2
		if y>>63 != 0 {
			angle = math.Pi - angle
		}
		if y>>62&1 != 0 {
			angle = math.Pi/2 - angle
		}
		r := math.Sqrt(-2 * math.Log(u))
		a, b := boxMuller(x, y)
		bound := 4e-15 * (1 + r)
		if !(math.Abs(a-r*math.Cos(angle)) <= bound && math.Abs(b-r*math.Sin(angle)) <= bound) {
			t.Fatalf("boxMuller(%#x, %#x) = %v, %v, want %v, %v", x, y, a, b, r*math.Cos(angle), r*math.Sin(angle))
		}
	}
}

// Every part of a stream has the same bits, on every instruction set, also where the counter passes 2³².
func TestNormalsSameBitsOnEverySet(t *testing.T) {
	for _, start := range []uint64{0, 1<<33 - 200, 1<<64 - 1001} {
		want := make([]float64, 1000)
		normals(portable, want, 42, start)
		for _, set := range sets() {
			for n := range 70 {
				for _, skip := range []int{0, 1, 15, 16, 17, 300 + n} {
					got := make([]float64, n)
					normals(set, got, 42, start+uint64(skip))
					for i, v := range got {
						if math.Float64bits(v) != math.Float64bits(want[skip+i]) {
							t.Fatalf("%v: number %d+%d+%d is %v, want %v", set, start, skip, i, v, want[skip+i])
						}
					}
				}
			}
		}
	}
}

// Streams side by side are the streams one by one.
func TestNormalRowsAreTheStreams(t *testing.T) {
	want := make([]float64, 48)
	for _, start := range []uint64{0, 1<<33 - 32, 1<<64 - 1024} {
		for _, set := range sets() {
			for _, n := range []int{1, 3, 4, 7, 8, 9, 16, 21, 64} {
				for _, rows := range []int{0, 16, 48} {
					keys := make([]uint64, n)
					for m := range keys {
						keys[m] = 0x9e3779b97f4a7c15 * uint64(m+1)
					}
					got := make([]float64, rows*n)
					normalRows(set, got, keys, start)
					for m, key := range keys {
						normals(portable, want[:rows], key, start)
						for r, v := range want[:rows] {
							if math.Float64bits(got[r*n+m]) != math.Float64bits(v) {
								t.Fatalf("%v: row %d+%d of stream %d of %d is %v, want %v", set, start, r, m, n, got[r*n+m], v)
							}
						}
					}
				}
			}
		}
	}
}

func TestNormalsBeyondOneKernelCall(t *testing.T) {
	x, y := make([]float64, 3*longest), make([]float64, 100)
	Normals(x, 9, 5)
	for _, at := range []int{longest - 50, 2*longest - 16, 3*longest - 100} {
		Normals(y, 9, 5+uint64(at))
		for i := range y {
			if x[at+i] != y[i] {
				t.Fatalf("number %d is %v, then %v", at+i, x[at+i], y[i])
			}
		}
	}
}

func TestNormalsAreNormal(t *testing.T) {
	x := make([]float64, 2_000_000)
	Normals(x, 1, 0)
	numtest.Kolmogorov(t, "normals", x, func(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 })
	moments := []float64{0, 1, 0, 3, 0, 15, 0, 105, 0, 945, 0, 10395, 0, 135135, 0, 2027025}
	n := float64(len(x))
	for k := 1; k <= 8; k++ {
		sum := 0.0
		for _, z := range x {
			sum += math.Pow(z, float64(k))
		}
		mean, variance := moments[k-1], moments[2*k-1]-moments[k-1]*moments[k-1]
		numtest.MeanWithin(t, fmt.Sprint("moment ", k), sum/n, mean, math.Sqrt(variance), n)
	}
	for _, edge := range []float64{2, 3, 4, 4.5} { // the number beyond is binomial
		beyond := 0.0
		for _, z := range x {
			if math.Abs(z) > edge {
				beyond++
			}
		}
		p := math.Erfc(edge / math.Sqrt2)
		numtest.MeanWithin(t, fmt.Sprint("tail ", edge), beyond/n, p, math.Sqrt(p*(1-p)), n)
	}
}

// Neighbours in a stream, and the same place in neighbouring streams, are uncorrelated, as are their squares.
func TestNormalsAreIndependent(t *testing.T) {
	const n = 1 << 19
	x, other := make([]float64, n+64), make([]float64, n)
	Normals(x, 5, 0)
	Normals(other, 6, 0)
	against := func(name string, y []float64) {
		var sum, squares float64
		for i, v := range y {
			sum += v * x[i]
			squares += (v*v - 1) * (x[i]*x[i] - 1)
		}
		numtest.MeanWithin(t, name, sum/n, 0, 1, n)
		numtest.MeanWithin(t, name+", squares", squares/n, 0, 2, n)
	}
	for _, lag := range []int{1, 2, 7, 8, 9, 16, 64} {
		against(fmt.Sprint("lag ", lag), x[lag:n+lag])
	}
	against("next key", other)
}

func BenchmarkNormals(b *testing.B) {
	for _, n := range []int{32, 4096} {
		for _, set := range sets() {
			b.Run(fmt.Sprintf("%d/%v", n, set), func(b *testing.B) {
				x := make([]float64, n)
				b.ReportAllocs()
				for i := uint64(0); b.Loop(); i++ {
					normals(set, x, 1, i*uint64(n))
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/value")
			})
		}
	}
}

func BenchmarkNormalRows(b *testing.B) {
	for _, set := range sets() {
		b.Run(set.String(), func(b *testing.B) {
			x, keys := make([]float64, 256*64), make([]uint64, 64)
			b.ReportAllocs()
			for i := uint64(0); b.Loop(); i++ {
				normalRows(set, x, keys, i*256)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(x)), "ns/value")
		})
	}
}
