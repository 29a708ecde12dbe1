package lower

import "go/types"

// substitution gives type parameters their arguments.
type substitution map[*types.TypeParam]types.Type

// subst writes arguments for type parameters throughout a type.
//
// It also puts the library's own types in the place of generic structs of compiled packages.
func (l *Lowerer) subst(t types.Type, s substitution) types.Type {
	if len(s) == 0 && !l.library.replaces || t == nil {
		return t
	}
	switch t := t.(type) {
	case *types.TypeParam:
		if a, ok := s[t]; ok {
			return a
		}
	case *types.Alias:
		return l.subst(types.Unalias(t), s)
	case *types.Named:
		return l.substNamed(t, s)
	case *types.Pointer:
		return types.NewPointer(l.subst(t.Elem(), s))
	case *types.Slice:
		return types.NewSlice(l.subst(t.Elem(), s))
	case *types.Array:
		return types.NewArray(l.subst(t.Elem(), s), t.Len())
	case *types.Map:
		return types.NewMap(l.subst(t.Key(), s), l.subst(t.Elem(), s))
	case *types.Chan:
		return types.NewChan(t.Dir(), l.subst(t.Elem(), s))
	case *types.Tuple:
		return l.substTuple(t, s)
	case *types.Signature:
		if len(s) == 0 && t.TypeParams() != nil {
			return t
		}
		return types.NewSignatureType(nil, nil, nil, l.substTuple(t.Params(), s), l.substTuple(t.Results(), s), t.Variadic())
	case *types.Struct:
		return l.substStruct(t, s)
	case *types.Interface:
		return l.substInterface(t, s)
	}
	return t
}

func (l *Lowerer) substNamed(t *types.Named, s substitution) types.Type {
	n := t.TypeArgs().Len()
	if n == 0 {
		return l.substLocal(t, s)
	}
	args := make([]types.Type, n)
	same := true
	for i := range args {
		args[i] = l.subst(t.TypeArgs().At(i), s)
		same = same && args[i] == t.TypeArgs().At(i)
	}
	if own := l.ownType(t.Origin()); own != nil {
		return l.instantiate(own, args)
	}
	if same {
		return t
	}
	return l.instantiate(t.Origin(), args)
}

// substLocal makes an instance's own version of a type that a generic function declares in its body.
func (l *Lowerer) substLocal(t *types.Named, s substitution) types.Type {
	used := typeParamsIn(t, s)
	if len(used) == 0 {
		return t
	}
	key := localKey{t, ""}
	for _, p := range used {
		key.args += "," + itoa(l.number(s[p]))
	}
	if own, ok := l.local[key]; ok {
		return own
	}
	o := t.Obj()
	own := types.NewNamed(types.NewTypeName(o.Pos(), o.Pkg(), o.Name(), nil), nil, nil)
	l.local[key] = own
	own.SetUnderlying(l.subst(t.Underlying(), s))
	return own
}

// A localKey tells the versions of a local type apart.
type localKey struct {
	of   *types.Named
	args string
}

// typeParamsIn lists the type parameters with arguments that a type mentions, in the order of their mention.
func typeParamsIn(t types.Type, s substitution) (used []*types.TypeParam) {
	seen := map[types.Type]bool{}
	var walk func(types.Type)
	tuple := func(ts *types.Tuple) {
		for v := range ts.Variables() {
			walk(v.Type())
		}
	}
	walk = func(t types.Type) {
		if t = types.Unalias(t); seen[t] {
			return
		}
		seen[t] = true
		switch t := t.(type) {
		case *types.TypeParam:
			if s[t] != nil {
				used = append(used, t)
			}
		case *types.Named:
			for a := range t.TypeArgs().Types() {
				walk(a)
			}
			if o := t.Obj(); o.Pkg() != nil && o.Parent() != o.Pkg().Scope() {
				walk(t.Underlying())
			}
		case *types.Map:
			walk(t.Key())
			walk(t.Elem())
		case interface{ Elem() types.Type }:
			walk(t.Elem())
		case *types.Signature:
			tuple(t.Params())
			tuple(t.Results())
		case *types.Struct:
			for f := range t.Fields() {
				walk(f.Type())
			}
		case *types.Interface:
			for m := range t.Methods() {
				walk(m.Type())
			}
		}
	}
	walk(t)
	return used
}

// instantiate gives a generic type its arguments; the checker has already found them fit.
func (l *Lowerer) instantiate(t types.Type, args []types.Type) types.Type {
	inst, err := types.Instantiate(l.context, t, args, false)
	if err != nil {
		panic("lower: " + err.Error())
	}
	return inst
}

func (l *Lowerer) substTuple(t *types.Tuple, s substitution) *types.Tuple {
	vars := make([]*types.Var, t.Len())
	for i := range vars {
		v := t.At(i)
		vars[i] = types.NewVar(v.Pos(), v.Pkg(), v.Name(), l.subst(v.Type(), s))
	}
	return types.NewTuple(vars...)
}

func (l *Lowerer) substStruct(t *types.Struct, s substitution) types.Type {
	fields := make([]*types.Var, t.NumFields())
	tags := make([]string, t.NumFields())
	for i := range fields {
		f := t.Field(i)
		fields[i] = types.NewField(f.Pos(), f.Pkg(), f.Name(), l.subst(f.Type(), s), f.Embedded())
		tags[i] = t.Tag(i)
	}
	return types.NewStruct(fields, tags)
}

func (l *Lowerer) substInterface(t *types.Interface, s substitution) types.Type {
	if len(typeParamsIn(t, s)) == 0 {
		return t
	}
	var methods []*types.Func
	for m := range t.Methods() {
		methods = append(methods, types.NewFunc(m.Pos(), m.Pkg(), m.Name(), l.subst(m.Signature(), s).(*types.Signature)))
	}
	return types.NewInterfaceType(methods, nil).Complete()
}

// arguments pairs a generic function's or type's parameters with its arguments.
func arguments(params *types.TypeParamList, args *types.TypeList) substitution {
	s := substitution{}
	for i := range params.Len() {
		s[params.At(i)] = args.At(i)
	}
	return s
}
