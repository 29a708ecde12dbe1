package lower

import "go/types"

// substitution gives type parameters their arguments.
type substitution map[*types.TypeParam]types.Type

// subst writes arguments for type parameters throughout a type.
func (l *Lowerer) subst(t types.Type, s substitution) types.Type {
	if len(s) == 0 || t == nil {
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
		return types.NewSignatureType(nil, nil, nil, l.substTuple(t.Params(), s), l.substTuple(t.Results(), s), t.Variadic())
	case *types.Struct:
		return l.substStruct(t, s)
	}
	return t
}

func (l *Lowerer) substNamed(t *types.Named, s substitution) types.Type {
	n := t.TypeArgs().Len()
	if n == 0 {
		return t
	}
	args := make([]types.Type, n)
	for i := range args {
		args[i] = l.subst(t.TypeArgs().At(i), s)
	}
	return l.instantiate(t.Origin(), args)
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

// arguments pairs a generic function's or type's parameters with its arguments.
func arguments(params *types.TypeParamList, args *types.TypeList) substitution {
	s := substitution{}
	for i := range params.Len() {
		s[params.At(i)] = args.At(i)
	}
	return s
}
