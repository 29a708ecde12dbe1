package lower

import (
	"fmt"
	"go/types"
)

// hosted are generic functions of the standard library that compiled code does better than lowered source: the body
// of an instance hands the work to the run time.
var hosted = map[string]func(l *Lowerer, args substitution, o *types.Func) string{
	"slices.Sort":           func(*Lowerer, substitution, *types.Func) string { return "rt.Sort(a0)" },
	"slices.SortFunc":       func(*Lowerer, substitution, *types.Func) string { return "rt.SortFunc(a0, a1, false)" },
	"slices.SortStableFunc": func(*Lowerer, substitution, *types.Func) string { return "rt.SortFunc(a0, a1, true)" },
	"iter.Pull":             pull,
	"iter.Pull2":            pull,
}

// hostedInstance writes an instance of a hosted function and names it.
func (l *Lowerer) hostedInstance(o *types.Func, subs substitution) (string, bool) {
	if o.Pkg() == nil {
		return "", false
	}
	body, ok := hosted[o.Pkg().Path()+"."+o.Name()]
	if !ok {
		return "", false
	}
	key := o.FullName() + l.keyOf(o, subs)
	if n, ok := l.instances[key]; ok {
		return n, true
	}
	n := l.name(o.Name() + "ǃg")
	remember(l, l.instances, key, n)
	sig := l.subst(o.Signature(), subs).(*types.Signature)
	params := ""
	for i := range sig.Params().Len() {
		params += fmt.Sprintf(", a%d %s", i, l.typ(sig.Params().At(i).Type()))
	}
	l.declare("func %s(%s)%s {\n%s\n}", n, params[2:], l.results(sig), body(l, subs, o))
	return n, true
}

// pull writes iter.Pull and iter.Pull2 over the run time's own, which knows no types.
func pull(l *Lowerer, subs substitution, o *types.Func) string {
	var params, pointers, zeros, values string
	for i := range o.Signature().TypeParams().Len() {
		t := l.typ(subs[o.Signature().TypeParams().At(i)])
		params += fmt.Sprintf(", v%d %s", i, t)
		pointers += fmt.Sprintf(", &v%d", i)
		zeros += fmt.Sprintf("*(new(%s)), ", t)
		values += fmt.Sprintf("*(p[%d].(*%s)), ", i, t)
	}
	one := l.subst(o.Signature().Results().At(0).Type().Underlying(), subs)
	return fmt.Sprintf(`	seq := func(yield func(...interface{}) bool) {
		each := func(%s) bool { return yield(%s) }
		a0(each)
	}
	next, stop := rt.Pull(seq)
	one := func() %s {
		p, ok := next()
		if !ok { return %sfalse }
		return %strue
	}
	return one, stop`, params[2:], pointers[2:], l.results(one.(*types.Signature)), zeros, values)
}
