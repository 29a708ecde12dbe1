package plotting

import (
	"context"
	"testing"
)

func BenchmarkCompare(b *testing.B) {
	data, model := wandering(1, 2, 100_000), wandering(2, 2, 100_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compare(context.Background(), data, model, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkComparePNG(b *testing.B) {
	f, err := Compare(context.Background(), wandering(1, 2, 100_000), wandering(2, 2, 100_000), Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, _, err := f.PNG(2); err != nil {
			b.Fatal(err)
		}
	}
}
