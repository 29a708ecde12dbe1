package native

import (
	"embed"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"math"
	"reflect"
	"runtime"

	"github.com/tetratelabs/wazero"
	"golang.org/x/sys/cpu"
)

// elementaryModule is the name under which compiled code imports the elementary functions.
const elementaryModule = "elementary"

//go:embed elementary
var elementaryText embed.FS

// ported are the functions of package math that package elementary has. It promises the bits of amd64 only, and
// its exponential those of processors with fused multiply-add.
var ported = portedFunctions()

func portedFunctions() map[string]bool {
	m := map[string]bool{}
	if runtime.GOARCH != "amd64" {
		return m
	}
	for _, name := range []string{"Log", "Sin", "Cos", "Sincos", "Tan", "Atan", "Atan2", "Hypot", "Max", "Min", "Round",
		"Log2", "Log10", "Inf", "IsInf", "Signbit", "Modf", "Dim"} {
		m[name] = true
	}
	if cpu.X86.HasFMA && cpu.X86.HasAVX {
		for _, name := range []string{"Exp", "Tanh", "Sinh", "Cosh", "Pow"} {
			m[name] = true
		}
	}
	return m
}

// loadElementary compiles package elementary into a module that user code imports. Its functions keep no state,
// so that one instance serves every goroutine.
func (c *Compiler) loadElementary() error {
	sources, err := elementarySources()
	if err != nil {
		return err
	}
	u := newUnit(sources, true)
	u.table = newConstants(mostConstants)
	c.constants = u.table
	u.lower()
	if err := c.loadHosted(u.imports); err != nil {
		return err
	}
	compiled, err := c.runtime.CompileModule(c.ctx, u.module(windowPages))
	if err != nil {
		return fmt.Errorf("native: %w", err)
	}
	_, err = c.runtime.InstantiateModule(c.ctx, compiled, wazero.NewModuleConfig().WithName(elementaryModule).WithStartFunctions())
	return err
}

// elementarySources parses and checks package elementary.
func elementarySources() ([]*Source, error) {
	fset := token.NewFileSet()
	var files []*ast.File
	names, err := fs.Glob(elementaryText, "elementary/*.go")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if len(name) > len("_test.go") && name[len(name)-len("_test.go"):] == "_test.go" {
			continue
		}
		text, err := elementaryText.ReadFile(name)
		if err != nil {
			return nil, err
		}
		f, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	info := newInfo()
	conf := types.Config{Importer: onlyMath{}, Sizes: sizes}
	if _, err := conf.Check(elementaryModule, fset, files, info); err != nil {
		return nil, err
	}
	var sources []*Source
	for _, f := range files {
		for _, d := range f.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok {
				sources = append(sources, &Source{Name: fd.Name.Name, Node: fd, Info: info, Object: info.Defs[fd.Name]})
				if laned[fd.Name.Name] {
					sources = append(sources, &Source{Name: fd.Name.Name + laneSuffix, Node: fd, Info: info, lanesOf: info.Defs[fd.Name]})
				}
			}
		}
	}
	return sources, nil
}

func newInfo() *types.Info {
	return &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
}

// onlyMath imports a package math made from the functions that compiled code knows.
type onlyMath struct{}

func (onlyMath) Import(path string) (*types.Package, error) {
	if path != "math" {
		return nil, fmt.Errorf("native: no package %s here", path)
	}
	pkg := types.NewPackage("math", "math")
	for name, f := range hosted {
		declareFunc(pkg, name, reflect.TypeOf(f))
	}
	for name, f := range map[string]any{
		"Sqrt": math.Sqrt, "Floor": math.Floor, "Ceil": math.Ceil, "Trunc": math.Trunc, "RoundToEven": math.RoundToEven,
		"Abs": math.Abs, "Copysign": math.Copysign, "Float64bits": math.Float64bits, "Float64frombits": math.Float64frombits,
		"Float32bits": math.Float32bits, "Float32frombits": math.Float32frombits,
	} {
		declareFunc(pkg, name, reflect.TypeOf(f))
	}
	for name, digits := range map[string]string{
		"Pi":         "3.14159265358979323846264338327950288419716939937510582097494459",
		"Sqrt2":      "1.41421356237309504880168872420969807856967187537694807317667974",
		"MaxFloat64": "0x1.fffffffffffffp1023",
	} {
		v := constant.MakeFromLiteral(digits, token.FLOAT, 0)
		pkg.Scope().Insert(types.NewConst(0, pkg, name, types.Typ[types.UntypedFloat], v))
	}
	pkg.MarkComplete()
	return pkg, nil
}

func declareFunc(pkg *types.Package, name string, t reflect.Type) {
	tuple := func(n int, at func(int) reflect.Type) *types.Tuple {
		var vs []*types.Var
		for i := range n {
			vs = append(vs, types.NewParam(0, pkg, "", types.Universe.Lookup(at(i).Name()).Type()))
		}
		return types.NewTuple(vs...)
	}
	sig := types.NewSignatureType(nil, nil, nil, tuple(t.NumIn(), t.In), tuple(t.NumOut(), t.Out), false)
	pkg.Scope().Insert(types.NewFunc(0, pkg, name, sig))
}
