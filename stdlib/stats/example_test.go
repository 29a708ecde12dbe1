package stats_test

import (
	"fmt"

	"scorebook/internal/rng"
	"scorebook/stdlib/stats"
)

// The density of a sample beside another one on the same points.
func ExampleKDE() {
	x, y := make([]float64, 100_000), make([]float64, 100_000)
	a, b := rng.New(1, "example"), rng.New(2, "example")
	a.Normals(x)
	b.Normals(y)
	axis := stats.NewAxis(-6, 6, 2048)
	p, err := stats.KDE(x, stats.DensityOptions{X: axis})
	if err != nil {
		fmt.Println(err)
		return
	}
	q, err := stats.KDE(y, stats.DensityOptions{X: axis})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("p(0) = %.2f, relative entropy %.3f\n", p.Value(0), stats.RelativeEntropy(p, q))
	// Output:
	// p(0) = 0.40, relative entropy 0.000
}
