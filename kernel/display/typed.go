package display

// typedBundle shows a value of a user's type: by a method that says how, by its Error or String, or by its parts.
func (r *Renderer) typedBundle(own typed) Bundle {
	n := nodeOf(own)
	if b, ok := r.typedMedia(own); ok {
		if _, ok := b.Data[TextPlain]; !ok {
			b.Data[TextPlain] = describe(n)
		}
		return b
	}
	if f, ok := method[func() string](own, "Error"); ok {
		return errorText(f())
	}
	if text, ok := n.written(); ok {
		return Text(text)
	}
	if b, ok := collection(n); ok {
		return b
	}
	return Text(describe(n))
}

// typedMedia shows a value that has one of the methods by which a type says how it looks.
func (r *Renderer) typedMedia(own typed) (b Bundle, ok bool) {
	b = Bundle{Data: map[string]any{}, Metadata: map[string]any{}}
	if f, ok := method[func() (map[string]any, map[string]any)](own, "MIMEBundle"); ok {
		data, metadata := f()
		return Bundle{Data: data, Metadata: metadata}.clone(), true
	}
	if f, ok := method[func() map[string]any](own, "MIMEBundle"); ok {
		return Bundle{Data: f(), Metadata: b.Metadata}.clone(), true
	}
	if f, ok := method[func(float64) ([]byte, int, int, error)](own, "PNG"); ok {
		return figureBundle(drawing(f)), true
	}
	if f, ok := method[func() ([]byte, error)](own, "SVG"); ok {
		return vectorBundle(outline(f)), true
	}
	if f, ok := method[func() string](own, "HTML"); ok {
		b.Data[TextHTML] = f()
		if text, ok := nodeOf(own).written(); ok {
			b.Data[TextPlain] = text
		}
		return b, true
	}
	return b, false
}

// drawing and outline are methods found by name.
type (
	drawing func(float64) ([]byte, int, int, error)
	outline func() ([]byte, error)
)

func (f drawing) PNG(scale float64) ([]byte, int, int, error) { return f(scale) }
func (f outline) SVG() ([]byte, error)                        { return f() }
