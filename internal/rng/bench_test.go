package rng

import "testing"

func BenchmarkNormals(b *testing.B) {
	r := New(1, "bench")
	dst := make([]float64, 4096)
	b.ReportAllocs()
	b.SetBytes(int64(8 * len(dst)))
	for b.Loop() {
		r.Normals(dst)
	}
}

func BenchmarkNormal(b *testing.B) {
	r := New(1, "bench")
	sum := 0.0
	b.ReportAllocs()
	for b.Loop() {
		sum += r.Normal()
	}
	_ = sum
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	sum := uint64(0)
	for b.Loop() {
		s := New(1, "bench", 3, 4)
		sum += s.Uint64()
	}
	_ = sum
}
