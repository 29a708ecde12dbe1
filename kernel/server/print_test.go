package server

import (
	"fmt"
	"testing"
)

func BenchmarkPrint(b *testing.B) {
	out := &output{publish: func(string, any) {}}
	w := out.stream(stdout)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		fmt.Fprintln(w, i)
	}
}
