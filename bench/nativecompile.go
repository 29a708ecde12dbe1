package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"time"

	"scorebook/kernel/cell/exports"
	"scorebook/kernel/native"
)

// twenty is a function of twenty lines.
const twenty = `package p
import "math"
func drift(dst, x []float64, a, b float64) float64 {
	n := len(x)
	total := 0.0
	for i := 0; i < n; i++ {
		left, right := x[(i+n-1)%n], x[(i+1)%n]
		force := -a*(x[i]*x[i]*x[i]-x[i]) + b*(left+right-2*x[i])
		if math.Abs(force) > 100 {
			force = math.Copysign(100, force)
		}
		switch {
		case x[i] > 2:
			force -= math.Exp(x[i] - 2)
		case x[i] < -2:
			force += math.Exp(-2 - x[i])
		}
		dst[i] = force
		total += force * force
	}
	return math.Sqrt(total)
}`

// compileTwenty is what a function of twenty lines takes from its checked syntax to machine code, in milliseconds: the median
// of n.
func compileTwenty(n int) (float64, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", twenty, 0)
	if err != nil {
		return 0, err
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	conf := types.Config{Importer: exports.New(), Sizes: types.SizesFor("gc", "amd64")}
	if _, err := conf.Check("p", fset, []*ast.File{file}, info); err != nil {
		return 0, err
	}
	drift := file.Decls[1].(*ast.FuncDecl)
	source := &native.Source{Name: "drift", Node: drift, Info: info, Object: info.Defs[drift.Name]}
	c, err := native.New(native.Options{})
	if err != nil {
		return 0, err
	}
	defer c.Close()
	var took []float64
	for range n {
		begin := time.Now()
		p, err := c.Compile(source)
		if err != nil {
			return 0, err
		}
		if _, err := p.Bind(); err != nil {
			return 0, err
		}
		took = append(took, 1e3*time.Since(begin).Seconds())
		p.Close()
	}
	return median(took), nil
}
