// Command gen writes the assembly of package simd: run `go generate` in its folder.
package main

import . "github.com/mmcloughlin/avo/build"

func main() {
	ConstraintExpr("amd64")
	for _, v := range []vector{ymm, zmm} {
		exponentials(v)
		adam(v)
		normals(v)
		normalRows(v)
		advance(v)
		wellForce(v)
		finite(v)
		narrow(v)
		for _, c := range columnKernels {
			c.generate(v)
		}
	}
	for _, t := range tiles {
		t.generate()
	}
	transpose()
	Generate()
}
