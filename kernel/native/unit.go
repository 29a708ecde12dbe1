package native

import (
	"encoding/binary"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
)

// Global variables of every module.
const (
	globalControl = iota // address of the instance's control block
	globalFuel           // loop turns until the next yield
	globalStack          // top of the frames in memory
	globalLimit          // where they must end
	globalDepth          // recursion
	globalEnv            // address of the table of captured variables
)

// A unit is the set of sources compiled into one module.
type unit struct {
	sources  []*Source
	parts    []parts
	byObject map[types.Object]int
	surveys  []*survey
	shapes   shapes
	env      []*types.Var // captured variables of all sources
	envIndex map[*types.Var]int
	imports  []imported
	imported map[string]int
	sites    []Site
	fns      []*fn

	callable   func(types.Object) bool // of functions outside the unit, when it is only checked
	table      *constants
	kept       *constants // of functions with loops
	elementary bool       // the sources are package elementary: exported by name, and short enough not to be counted
}

// A Site is a place that can fail, and how.
type Site struct {
	Pos    token.Pos
	via    []token.Pos // the calls of inlined functions that lead there
	kind   fault
	signed bool
	value  constant.Value // of panic(value)
	typ    types.Type
}

// newUnit surveys the sources. Refusals name their source by index.
func newUnit(sources []*Source, elementary bool) *unit {
	u := &unit{sources: sources, elementary: elementary, byObject: map[types.Object]int{}, shapes: shapes{},
		envIndex: map[*types.Var]int{}, imported: map[string]int{}}
	for i, s := range sources {
		if s.Object != nil {
			u.byObject[s.Object] = i
		}
		for _, o := range s.also {
			u.byObject[o] = i
		}
	}
	for _, s := range sources {
		v := u.survey(s)
		u.surveys = append(u.surveys, v)
		for _, o := range v.outer {
			if _, ok := u.envIndex[o]; !ok {
				u.envIndex[o] = len(u.env)
				u.env = append(u.env, o)
			}
		}
	}
	u.connect()
	u.hoist()
	return u
}

// lower translates every source, or stops at the first refusal.
func (u *unit) lower() {
	for _, s := range u.sources {
		u.parts = append(u.parts, s.parts())
	}
	for i := range u.sources {
		u.fns = append(u.fns, u.lowerSource(i))
	}
}

// use returns the index of an imported function.
func (u *unit) use(module, name string, sig signature) int {
	key := module + "." + name
	if i, ok := u.imported[key]; ok {
		return i
	}
	i := len(u.imports)
	u.imports = append(u.imports, imported{module, name, sig})
	u.imported[key] = i
	return i
}

func (u *unit) site(k fault, pos token.Pos) int {
	return u.addSite(Site{Pos: pos, kind: k})
}

func (u *unit) addSite(s Site) int {
	u.sites = append(u.sites, s)
	return len(u.sites) - 1
}

var noteSignature = sign([]byte{i32, i64, i64}, nil)

// module encodes the unit. Function i of the sources is exported under its number.
func (u *unit) module(pages uint32) []byte {
	m := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	var sigs []signature
	index := map[signature]int{}
	number := func(s signature) uint64 {
		i, ok := index[s]
		if !ok {
			i = len(sigs)
			index[s] = i
			sigs = append(sigs, s)
		}
		return uint64(i)
	}
	imports := binary.AppendUvarint(nil, uint64(len(u.imports)))
	for _, im := range u.imports {
		imports = appendName(appendName(imports, im.module), im.name)
		imports = append(imports, 0)
		imports = binary.AppendUvarint(imports, number(im.sig))
	}
	funcs := binary.AppendUvarint(nil, uint64(len(u.fns)+1))
	exports := binary.AppendUvarint(nil, uint64(len(u.fns)+6))
	for i, f := range u.fns {
		funcs = binary.AppendUvarint(funcs, number(f.sig()))
		exports = appendName(exports, u.exportName(i))
		exports = binary.AppendUvarint(append(exports, 0), uint64(len(u.imports)+i))
	}
	funcs = binary.AppendUvarint(funcs, number(noteSignature))
	types := binary.AppendUvarint(nil, uint64(len(sigs)))
	for _, s := range sigs {
		types = s.append(types)
	}
	m = section(m, 1, types)
	m = section(m, 2, imports)
	m = section(m, 3, funcs)
	m = section(m, 5, binary.AppendUvarint([]byte{1, 0}, uint64(pages)))
	globals := []byte{6}
	for i := range 6 {
		globals = append(globals, i32, 1, 0x41, 0, 0x0b)
		exports = appendName(exports, globalName(i))
		exports = append(exports, 3, byte(i))
	}
	m = section(m, 6, globals)
	m = section(m, 7, exports)
	codes := u.codes()
	m = section(m, 10, codes)
	if !u.ambiguous() {
		return m
	}
	return u.lines(m, len(codes))
}

func (u *unit) codes() []byte {
	code := binary.AppendUvarint(nil, uint64(len(u.fns)+1))
	for _, f := range u.fns {
		f.resolve(len(u.imports))
		start := f.prologue()
		code = appendBody(code, f.locals[len(f.params):], append(start, f.code...))
		for k := range f.made { // a body ends with one operation more
			f.made[k].offset += len(code) - 1 - len(f.code)
		}
	}
	return appendBody(code, nil, note())
}

func appendBody(code, locals, body []byte) []byte {
	var b []byte
	b = append(appendLocals(b, locals), body...)
	b = append(b, 0x0b)
	code = binary.AppendUvarint(code, uint64(len(b)))
	return append(code, b...)
}

// note is the body of the function that writes down a failure: where, and two figures.
func note() []byte {
	var a asm
	for i, offset := range []int64{controlSite, controlA, controlB} {
		a.global(globalControl)
		a.get(uint32(i))
		if i == 0 {
			a.memory(0x36, 4, offset)
		} else {
			a.memory(0x37, 8, offset)
		}
	}
	return a.code
}

func (u *unit) exportName(i int) string {
	if u.elementary {
		return u.sources[i].Name
	}
	return exportName(i)
}

func exportName(i int) string { return "f" + strconv.Itoa(i) }
func globalName(i int) string { return "g" + strconv.Itoa(i) }
