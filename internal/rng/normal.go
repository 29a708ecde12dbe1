package rng

import (
	"math"
	"math/bits"
)

// The ziggurat covers the density e^{−x²/2} by layers of equal area: layer i ≥ 1 reaches from 0 to edge[i], edges
// falling from the tail's start r = edge[1]; layer 0 is the tail beyond r and the rectangle below it.
const (
	layers    = 256
	tailStart = 3.6541528853610088 // r for 256 layers (Marsaglia and Tsang, 2000; Doornik, 2005)
)

// ziggurat holds what a draw looks up for its layer, side by side for one cache line.
type ziggurat struct {
	inside uint64  // a 54-bit integer below it is inside the layer above too: accept at once
	scale  float64 // from 54-bit integer to x
	low    float64 // density e^{−x²/2} at the layer's right edge
	high   float64 // density at the right edge of the next layer up
}

var layer = newZiggurat()

func newZiggurat() *[layers]ziggurat {
	density := func(x float64) float64 { return math.Exp(-x * x / 2) }
	area := tailStart*density(tailStart) + math.Sqrt(math.Pi/2)*math.Erfc(tailStart/math.Sqrt2)
	edge := [layers + 1]float64{area / density(tailStart), tailStart}
	for i := 2; i < layers; i++ {
		edge[i] = math.Sqrt(-2 * math.Log(area/edge[i-1]+density(edge[i-1])))
	}
	var z [layers]ziggurat
	for i := range z {
		z[i] = ziggurat{
			inside: uint64(edge[i+1] / edge[i] * (1 << 54)),
			scale:  edge[i] / (1 << 54),
			low:    density(edge[i]),
			high:   density(edge[i+1]),
		}
	}
	return &z
}

// Normal returns a number with the standard normal distribution.
func (r *Stream) Normal() float64 {
	u := r.Uint64()
	z := &layer[u&(layers-1)]
	j := int64(u) >> 9 // 55 bits with sign, apart from the layer's 8
	a := uint64(max(j, ^j))
	if a < z.inside {
		return float64(j) * z.scale
	}
	return r.normalEdge(u)
}

// normalEdge finishes a draw that began with u and missed the quick test.
func (r *Stream) normalEdge(u uint64) float64 {
	for {
		i := u & (layers - 1)
		z := &layer[i]
		j := int64(u) >> 9
		x := float64(j) * z.scale
		switch a := uint64(max(j, ^j)); {
		case a < z.inside:
			return x
		case i == 0:
			return math.Copysign(r.tail(), x)
		case z.low+(z.high-z.low)*r.Float64() < math.Exp(-x*x/2):
			return x
		}
		u = r.Uint64()
	}
}

// tail returns |x| beyond tailStart (Marsaglia, 1964).
func (r *Stream) tail() float64 {
	for {
		x := -math.Log(1-r.Float64()) / tailStart
		y := -math.Log(1 - r.Float64())
		if y+y > x*x {
			return tailStart + x
		}
	}
}

// Normals fills dst with independent standard normal numbers: the same ones as len(dst) calls of Normal.
func (r *Stream) Normals(dst []float64) {
	s0, s1, s2, s3 := r.s0, r.s1, r.s2, r.s3
	for i := range dst {
		u := bits.RotateLeft64(s0+s3, 23) + s0
		t := s1 << 17
		s2 ^= s0
		s3 ^= s1
		s1 ^= s2
		s0 ^= s3
		s2 ^= t
		s3 = bits.RotateLeft64(s3, 45)
		z := &layer[u&(layers-1)]
		j := int64(u) >> 9
		if uint64(max(j, ^j)) < z.inside {
			dst[i] = float64(j) * z.scale
			continue
		}
		*r = Stream{s0, s1, s2, s3}
		dst[i] = r.normalEdge(u)
		s0, s1, s2, s3 = r.s0, r.s1, r.s2, r.s3
	}
	*r = Stream{s0, s1, s2, s3}
}
