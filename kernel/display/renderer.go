package display

import (
	"fmt"
	"image"
	"reflect"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/plot"
)

// Renderer turns values into bundles. The zero value works.
type Renderer struct {
	// Views say how a type shows when the type itself does not: the function gets a value of that type and
	// returns one that shows in its place.
	Views map[reflect.Type]func(any) any
}

const viewLimit = 8 // views and interfaces in a row, lest two views map to each other for ever

// Render returns what to show for v: always with text/plain, always fit for JSON. A method of v that panics is
// reported in the bundle.
func (r *Renderer) Render(v any) Bundle { return r.render(v, viewLimit).Clean() }

func (r *Renderer) render(v any, views int) (b Bundle) {
	defer func() {
		if failure := recover(); failure != nil {
			name := fmt.Sprintf("%T", v)
			if own, ok := v.(typed); ok {
				name = own.TypeName()
			}
			b = errorBundle(fmt.Errorf("%s cannot be shown: %v", name, failure))
		}
	}()
	if rv, ok := v.(reflect.Value); ok {
		if v = nil; rv.IsValid() && rv.CanInterface() {
			v = rv.Interface()
		}
	}
	rv := reflect.ValueOf(v)
	if !rv.IsValid() {
		return Text("nil")
	}
	if rv.Kind() == reflect.Pointer && rv.IsNil() {
		return Text("nil " + rv.Type().String())
	}
	if own, ok := v.(typed); ok {
		return r.typedBundle(own)
	}
	if view := r.Views[rv.Type()]; view != nil && views > 0 {
		return r.render(view(v), views-1)
	}
	if b, ok := shaped(v); ok {
		return b
	}
	if b, ok := shaped(addressed(rv)); ok && rv.Kind() == reflect.Struct {
		return b
	}
	n := nodeOf(v)
	if b, ok := collection(n); ok {
		return b
	}
	return Text(describe(n))
}

// addressed is a pointer to a copy of a value: a struct such as mat.Dense shows itself by methods of its pointer.
func addressed(v reflect.Value) any {
	p := reflect.New(v.Type())
	p.Elem().Set(v)
	return p.Interface()
}

// shaped shows a value that says itself how, or that comes from a package known here.
func shaped(v any) (b Bundle, ok bool) {
	switch v := v.(type) {
	case Bundle:
		return v.clone(), true
	case *Bundle:
		return v.clone(), true
	case interface {
		MIMEBundle() (data, metadata map[string]any)
	}:
		data, metadata := v.MIMEBundle()
		return withText(Bundle{Data: data, Metadata: metadata}.clone(), v), true
	case figure:
		return figureBundle(v), true
	case vector:
		return vectorBundle(v), true
	case *plot.Plot:
		return plotBundle(v), true
	case image.Image:
		return imageBundle(v, 1), true
	case interface{ HTML() string }:
		return withText(Bundle{Data: map[string]any{TextHTML: v.HTML()}}, v), true
	case error:
		return errorBundle(v), true
	case fmt.Stringer:
		return Text(v.String()), true
	case mat.Matrix:
		return matrixBundle(v), true
	case fmt.Formatter:
		return Text(fmt.Sprint(v)), true
	}
	return Bundle{}, false
}

// withText adds the text twin when the value has not brought its own.
func withText(b Bundle, v any) Bundle {
	if _, ok := b.Data[TextPlain]; ok {
		return b
	}
	if b.Data == nil {
		b.Data = map[string]any{}
	}
	switch v := v.(type) {
	case fmt.Stringer:
		b.Data[TextPlain] = v.String()
	default:
		b.Data[TextPlain] = fmt.Sprintf("%T", v)
	}
	return b
}
