package native

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
)

// Compiled code keeps no account of its calls: when it fails, the engine tells which functions were under way, and
// the text of each tells where it calls the next. Where it does so more than once, the module has a table of lines.

// made is a call of another source.
type made struct {
	source int
	way    []token.Pos // where it is, and the calls that lead there when it is in inlined sources
	offset int         // of its operation, in the code of the function and then of the module
}

// through lists the calls that lead into a source that is lowered in place of the call e. Those in templates are none
// of the user's.
func (f *fn) through(e *ast.CallExpr) []token.Pos {
	if f.src.template {
		return f.via
	}
	return append([]token.Pos{e.Pos()}, f.via...)
}

// noteCall notes the call of another source that was written last.
func (f *fn) noteCall(i int, e *ast.CallExpr) {
	f.made = append(f.made, made{i, f.through(e), f.calls[len(f.calls)-1].at - 1})
}

// ambiguous reports a function that calls another in several places.
func (u *unit) ambiguous() bool {
	for _, f := range u.fns {
		for _, m := range f.made {
			if _, ok := only(f.made, m.source); !ok {
				return true
			}
		}
	}
	return false
}

// only finds the way of all calls of a source, if there is one.
func only(calls []made, source int) (way []token.Pos, ok bool) {
	for _, m := range calls {
		if m.source != source {
			continue
		}
		if ok && !slices.Equal(way, m.way) {
			return nil, false
		}
		way, ok = m.way, true
	}
	return way, ok
}

// frame is what the engine's trace says of a function: its number, and its line if the module has a table of lines.
var frame = regexp.MustCompile(`(?m)^\t\.\$(\d+)\(.*(?:\n\t\t0x[0-9a-f]+: c:(\d+))?`)

// mostFrames is how many functions the engine's trace has at most.
const mostFrames = 30

// callsTo lists the calls that led to a site. Of a call that cannot be told from others the function is named, by where
// it begins.
func (p *Program) callsTo(s Site, err error) []token.Pos {
	calls := slices.Clone(s.via)
	frames := frame.FindAllStringSubmatch(err.Error(), -1)
	callee := -1
	for _, f := range frames {
		caller, _ := strconv.Atoi(f[1])
		if caller -= p.imports; caller < 0 || caller >= len(p.sources) {
			continue
		}
		if callee >= 0 {
			line, _ := strconv.Atoi(f[2])
			calls = append(calls, p.wayTo(callee, caller, line)...)
		}
		callee = caller
	}
	if len(frames) >= mostFrames { // how often a call recurs is not known
		calls = slices.Compact(calls)
	}
	return calls
}

// wayTo lists the calls by which a source called another.
func (p *Program) wayTo(callee, caller, line int) []token.Pos {
	if way, ok := only(p.made[caller], callee); ok {
		return way
	}
	for _, m := range p.made[caller] {
		if m.source == callee && m.offset == line {
			return m.way
		}
	}
	if p.sources[caller].template {
		return nil
	}
	return []token.Pos{p.sources[caller].Node.Pos()}
}
