package interp

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"
)

// spell writes a type as Go's run time does: in %T, in messages, in reflection.
func spell(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return types.Typ[t.Kind()].Name() // uint8 for byte, int32 for rune
	case *types.Named:
		return spellNamed(t)
	case *types.Pointer:
		return "*" + spell(t.Elem())
	case *types.Slice:
		return "[]" + spell(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), spell(t.Elem()))
	case *types.Map:
		return "map[" + spell(t.Key()) + "]" + spell(t.Elem())
	case *types.Chan:
		return spellChan(t)
	case *types.Signature:
		return "func" + spellSignature(t)
	case *types.Struct:
		return spellStruct(t)
	case *types.Interface:
		return spellInterface(t)
	}
	return t.String()
}

func spellNamed(t *types.Named) string {
	name := t.Obj().Name()
	if p := t.Obj().Pkg(); p != nil {
		name = p.Name() + "." + name
	}
	if t.TypeArgs().Len() == 0 {
		return name
	}
	var args []string
	for a := range t.TypeArgs().Types() {
		args = append(args, spell(a))
	}
	return name + "[" + strings.Join(args, ",") + "]"
}

func spellChan(t *types.Chan) string {
	elem := spell(t.Elem())
	switch t.Dir() {
	case types.SendOnly:
		return "chan<- " + elem
	case types.RecvOnly:
		return "<-chan " + elem
	}
	if strings.HasPrefix(elem, "<-") {
		elem = "(" + elem + ")"
	}
	return "chan " + elem
}

func spellSignature(t *types.Signature) string {
	params := spellTuple(t.Params())
	if t.Variadic() {
		last := len(params) - 1
		params[last] = "..." + strings.TrimPrefix(params[last], "[]")
	}
	text := "(" + strings.Join(params, ", ") + ")"
	switch results := spellTuple(t.Results()); len(results) {
	case 0:
	case 1:
		text += " " + results[0]
	default:
		text += " (" + strings.Join(results, ", ") + ")"
	}
	return text
}

func spellTuple(t *types.Tuple) (out []string) {
	for v := range t.Variables() {
		out = append(out, spell(v.Type()))
	}
	return out
}

func spellStruct(t *types.Struct) string {
	if t.NumFields() == 0 {
		return "struct {}"
	}
	fields := make([]string, t.NumFields())
	for i := range fields {
		f := t.Field(i)
		if fields[i] = spell(f.Type()); !f.Embedded() {
			fields[i] = f.Name() + " " + fields[i]
		}
		if tag := t.Tag(i); tag != "" {
			fields[i] += " " + strconv.Quote(tag)
		}
	}
	return "struct { " + strings.Join(fields, "; ") + " }"
}

func spellInterface(t *types.Interface) string {
	if t.NumMethods() == 0 {
		return "interface {}"
	}
	methods := make([]string, t.NumMethods())
	for i := range methods {
		m := t.Method(i)
		methods[i] = m.Name() + spellSignature(m.Signature())
	}
	return "interface { " + strings.Join(methods, "; ") + " }"
}
