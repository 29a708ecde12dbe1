package native

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
)

// Compiled code keeps no account of its calls: when it fails, the engine tells which functions were under way, and
// the text of each tells where it calls the next.

// through lists the calls that lead into a source that is lowered in place of the call e. Those in templates are none
// of the user's.
func (f *fn) through(e *ast.CallExpr) []token.Pos {
	if f.src.template {
		return f.via
	}
	return append([]token.Pos{e.Pos()}, f.via...)
}

// noteCall notes a call of another source.
func (f *fn) noteCall(i int, e *ast.CallExpr) {
	way := f.through(e)
	if !slices.ContainsFunc(f.made[i], func(w []token.Pos) bool { return slices.Equal(w, way) }) {
		f.made[i] = append(f.made[i], way)
	}
}

// frame is a line of the engine's trace that names a function by its number.
var frame = regexp.MustCompile(`(?m)^\t\.\$(\d+)\(`)

// mostFrames is how many lines the engine's trace has at most.
const mostFrames = 30

// callsTo lists the calls that led to a site. A function that calls the next in several places counts as a whole, by
// where it begins.
func (p *Program) callsTo(s Site, err error) []token.Pos {
	calls := slices.Clone(s.via)
	var under []int
	frames := frame.FindAllStringSubmatch(err.Error(), -1)
	for _, f := range frames {
		if i, _ := strconv.Atoi(f[1]); i >= p.imports && i-p.imports < len(p.sources) {
			under = append(under, i-p.imports)
		}
	}
	for k := 1; k < len(under); k++ {
		caller := under[k]
		switch ways := p.made[caller][under[k-1]]; {
		case len(ways) == 1:
			calls = append(calls, ways[0]...)
		case !p.sources[caller].template:
			calls = append(calls, p.sources[caller].Node.Pos())
		}
	}
	if len(frames) >= mostFrames { // how often a call recurs is not known
		calls = slices.Compact(calls)
	}
	return calls
}
