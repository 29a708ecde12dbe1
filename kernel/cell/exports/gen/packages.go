package main

import (
	"cmp"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// A group of packages goes into one archive: what changes with this project's own code is kept apart from what
// changes with a Go or gonum release.
type group struct {
	file    string
	offered []string // patterns of packages that cells can import
	builtin bool     // with the docs of Go's own names
}

var groups = []group{
	{file: "library.bin", offered: append([]string{"std"}, gonum...), builtin: true},
	{file: "module.bin", offered: []string{"./kernel/display", "./kernel/prelude", "./plotting", "./stdlib/..."}},
}

// gonum lists what a physicist reaches for; left out are its tests' helpers and the formats of its graphs.
var gonum = []string{
	"gonum.org/v1/gonum/blas",
	"gonum.org/v1/gonum/blas/blas64",
	"gonum.org/v1/gonum/blas/cblas128",
	"gonum.org/v1/gonum/cmplxs",
	"gonum.org/v1/gonum/cmplxs/cscalar",
	"gonum.org/v1/gonum/diff/fd",
	"gonum.org/v1/gonum/dsp/fourier",
	"gonum.org/v1/gonum/dsp/transform",
	"gonum.org/v1/gonum/dsp/window",
	"gonum.org/v1/gonum/floats",
	"gonum.org/v1/gonum/floats/scalar",
	"gonum.org/v1/gonum/graph",
	"gonum.org/v1/gonum/graph/network",
	"gonum.org/v1/gonum/graph/path",
	"gonum.org/v1/gonum/graph/simple",
	"gonum.org/v1/gonum/graph/spectral",
	"gonum.org/v1/gonum/graph/topo",
	"gonum.org/v1/gonum/graph/traverse",
	"gonum.org/v1/gonum/integrate",
	"gonum.org/v1/gonum/integrate/quad",
	"gonum.org/v1/gonum/interp",
	"gonum.org/v1/gonum/lapack",
	"gonum.org/v1/gonum/lapack/lapack64",
	"gonum.org/v1/gonum/mat",
	"gonum.org/v1/gonum/mathext",
	"gonum.org/v1/gonum/mathext/prng",
	"gonum.org/v1/gonum/num/dual",
	"gonum.org/v1/gonum/num/dualcmplx",
	"gonum.org/v1/gonum/num/dualquat",
	"gonum.org/v1/gonum/num/hyperdual",
	"gonum.org/v1/gonum/num/quat",
	"gonum.org/v1/gonum/optimize",
	"gonum.org/v1/gonum/optimize/convex/lp",
	"gonum.org/v1/gonum/optimize/functions",
	"gonum.org/v1/gonum/spatial/barneshut",
	"gonum.org/v1/gonum/spatial/kdtree",
	"gonum.org/v1/gonum/spatial/r1",
	"gonum.org/v1/gonum/spatial/r2",
	"gonum.org/v1/gonum/spatial/r3",
	"gonum.org/v1/gonum/spatial/vptree",
	"gonum.org/v1/gonum/stat",
	"gonum.org/v1/gonum/stat/card",
	"gonum.org/v1/gonum/stat/combin",
	"gonum.org/v1/gonum/stat/distmat",
	"gonum.org/v1/gonum/stat/distmv",
	"gonum.org/v1/gonum/stat/distuv",
	"gonum.org/v1/gonum/stat/mds",
	"gonum.org/v1/gonum/stat/samplemv",
	"gonum.org/v1/gonum/stat/sampleuv",
	"gonum.org/v1/gonum/stat/spatial",
	"gonum.org/v1/gonum/unit",
	"gonum.org/v1/gonum/unit/constant",
	"gonum.org/v1/plot",
	"gonum.org/v1/plot/font",
	"gonum.org/v1/plot/font/liberation",
	"gonum.org/v1/plot/palette",
	"gonum.org/v1/plot/palette/brewer",
	"gonum.org/v1/plot/palette/moreland",
	"gonum.org/v1/plot/plotter",
	"gonum.org/v1/plot/plotutil",
	"gonum.org/v1/plot/text",
	"gonum.org/v1/plot/tools/bezier",
	"gonum.org/v1/plot/vg",
	"gonum.org/v1/plot/vg/draw",
	"gonum.org/v1/plot/vg/recorder",
	"gonum.org/v1/plot/vg/vgeps",
	"gonum.org/v1/plot/vg/vgimg",
	"gonum.org/v1/plot/vg/vgpdf",
	"gonum.org/v1/plot/vg/vgsvg",
	"gonum.org/v1/plot/vg/vgtex",
}

// withheld matches what no cell can import, what depends on how the kernel itself was built, and what some
// systems lack; the symbol tables of the prelude are made from these archives.
var withheld = regexp.MustCompile(`(^|/)internal(/|$)|^vendor/|/prelude/symbols|^(log/syslog|plugin|syscall|unsafe|runtime/(cgo|race|coverage))$`)

// load reads the packages of a group, the standard library first.
func (g group) load(root string) ([]part, error) {
	var list []part
	if g.builtin {
		p, err := builtinPart()
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	offered, err := read(root, g.offered)
	if err != nil {
		return nil, err
	}
	described, err := parts(offered)
	return append(list, described...), err
}

// read type-checks the packages that patterns match, from source.
func read(root string, patterns []string) ([]*packages.Package, error) {
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedSyntax | packages.NeedImports |
			packages.NeedDeps | packages.NeedFiles | packages.NeedModule,
		Dir: root,
		Env: append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0"),
	}, patterns...)
	if err != nil {
		return nil, err
	}
	pkgs = slices.DeleteFunc(pkgs, func(p *packages.Package) bool {
		return p.Name == "main" || withheld.MatchString(p.PkgPath)
	})
	for _, p := range pkgs {
		if len(p.Errors) > 0 {
			return nil, fmt.Errorf("%s: %v", p.PkgPath, p.Errors[0])
		}
	}
	slices.SortFunc(pkgs, func(a, b *packages.Package) int {
		return cmp.Or(cmp.Compare(modulePath(a), modulePath(b)), strings.Compare(a.PkgPath, b.PkgPath))
	})
	return pkgs, nil
}

func modulePath(p *packages.Package) string {
	if p.Module == nil {
		return ""
	}
	return p.Module.Path
}
