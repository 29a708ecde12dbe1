// Command gen writes the assembly of package spectral: run `go generate` in its folder.
package main

import . "github.com/mmcloughlin/avo/build"

func main() {
	ConstraintExpr("amd64")
	for _, v := range []vector{ymm, zmm} {
		transform(v, "forward", forwardButterfly)
		transform(v, "inverse", inverseButterfly)
		halve(v)
		square(v)
		predict(v)
		extrapolate(v)
		complete(v)
	}
	Generate()
}
