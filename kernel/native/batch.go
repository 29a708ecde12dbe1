package native

import (
	"fmt"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unsafe"
)

// Fill compiles a template together with the functions that its open names stand for, all of one session, and binds it
// to the variables that these capture. A name whose function is nil is taken out and not called. The
// result is kept with the functions, so that filling it again costs nothing.
// fallback is the Fallback of the result: the template as compiled Go, with the same functions to call.
func (t Template) Fill(calls map[string]*Func, fallback any) (*Func, error) {
	var names []string // of what is called
	for _, n := range slices.Sorted(maps.Keys(calls)) {
		if calls[n] != nil {
			names = append(names, n)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("native: the template %s has no function to call", t.Root)
	}
	first := calls[names[0]]
	key := t.key(names, calls)
	first.fillings.Lock()
	defer first.fillings.Unlock()
	if have, ok := first.filled[key]; ok {
		return have.f, nil
	}
	f, err := t.fill(names, calls)
	if err != nil {
		return nil, err
	}
	f.Fallback = reflect.ValueOf(fallback)
	if first.filled == nil {
		first.filled = map[string]filling{}
	}
	first.filled[key] = filling{f, calls}
	return f, nil
}

// A filling is a template that was compiled, with the functions that its key names, which so stay what they are.
type filling struct {
	f     *Func
	calls map[string]*Func
}

// key tells the fillings of one function apart.
func (t Template) key(names []string, calls map[string]*Func) string {
	var b strings.Builder
	fmt.Fprint(&b, t)
	for _, n := range names {
		fmt.Fprintf(&b, " %s %p", n, calls[n])
	}
	return b.String()
}

func (t Template) fill(names []string, calls map[string]*Func) (*Func, error) {
	var given []*Source
	places := map[string]*Source{}
	for n := range calls {
		places[n] = nil
	}
	at := map[*types.Var]unsafe.Pointer{}
	for _, name := range names {
		p := calls[name].program
		for _, s := range p.sources {
			if !slices.Contains(given, s) {
				given = append(given, s)
			}
		}
		places[name] = p.sources[calls[name].index]
		for i, v := range p.captured {
			a := calls[name].env.addrs[i]
			if other, ok := at[v]; ok && other != a {
				return nil, fmt.Errorf("native: %s is two variables to the functions of one template", v.Name())
			}
			at[v] = a
		}
	}
	sources, err := t.sources(given, places)
	if err != nil {
		return nil, err
	}
	program, err := calls[names[0]].program.compiler.Compile(sources...)
	if err != nil {
		return nil, err
	}
	addrs := make([]unsafe.Pointer, len(program.captured))
	for i, v := range program.captured {
		addrs[i] = at[v]
	}
	fs, err := program.Bind(addrs...)
	if err != nil {
		return nil, err
	}
	return fs[len(fs)-1], nil
}

// Many returns a compiled function of one point, with dim numbers in and width out, as a function of any number of
// points that are stored one after another. It is nil when fn is not compiled.
func Many(fn func(dst, x []float64), dim, width int) func(dst, x []float64) {
	one := Of(fn)
	if one == nil {
		return nil
	}
	each := func(dst, x []float64) {
		for k := range len(x) / dim {
			fn(dst[k*width:(k+1)*width:(k+1)*width], x[k*dim:(k+1)*dim:(k+1)*dim])
		}
	}
	t := Template{Texts: []string{Batch}, Root: "batch", Constants: map[string]int{"dim": dim, "width": width}}
	f, err := t.Fill(map[string]*Func{"drift": one}, each)
	if err != nil {
		return nil
	}
	return func(dst, x []float64) {
		if len(x)%dim != 0 || len(dst) != len(x)/dim*width {
			panic(fmt.Sprintf("native: %d numbers from %d, where a point has %d and gives %d", len(dst), len(x), dim, width))
		}
		f.drift(dst, x)
	}
}
