package hdf5

import "strings"

// attributes are what is known about a dataset besides its values.
type attributes struct {
	numbers map[string][]float64
	texts   map[string]string
	axes    []uint64 // addresses of the datasets that go with the axes, 0 for none
}

// attributes reads those of a header. One that cannot be read is left out: it is no number and no text.
func (f *File) attributes(messages []message) attributes {
	a := attributes{map[string][]float64{}, map[string]string{}, nil}
	for _, m := range messages {
		switch m.kind {
		case messageAttribute:
			if !m.shared {
				f.attribute(&a, m.data)
			}
		case messageAttributeInfo:
			b := f.on(m.data)
			b.take(1)
			if b.uint(1)&1 != 0 {
				b.take(2)
			}
			heap, tree := b.address(), b.address()
			if b.err == nil && heap != undefined {
				_ = f.heapObjects(heap, tree, 0, func(object []byte) error {
					f.attribute(&a, object)
					return nil
				})
			}
		}
	}
	return a
}

// attribute reads an attribute message.
func (f *File) attribute(a *attributes, data []byte) {
	b := f.on(data)
	version, flags := b.uint(1), b.uint(1)
	sizes := [3]int{b.int(2), b.int(2), b.int(2)}
	if version == 3 {
		b.take(1) // character set
	}
	var parts [3][]byte
	for i, n := range sizes {
		parts[i] = b.take(n)
		if version == 1 {
			b.take(-n & 7)
		}
	}
	if b.err != nil || version < 1 || version > 3 {
		return
	}
	name := strings.TrimRight(string(parts[0]), "\x00")
	kind, err := f.resolve(&message{messageDatatype, version > 1 && flags&1 != 0, parts[1]})
	if err != nil {
		return
	}
	t, err := f.datatype(kind)
	if err != nil {
		return
	}
	shape, _, err := f.dataspace(parts[2])
	if count, ok := product(shape); err == nil && ok && t.Size > 0 && count <= uint64(len(b.b)/t.Size) {
		f.values(a, name, t, int(count), b.b)
	}
}

// values keeps an attribute's values as numbers, as text, or as the datasets of the axes.
func (f *File) values(a *attributes, name string, t Type, count int, raw []byte) {
	switch {
	case t.other == "":
		values := make([]float64, count)
		t.decode(values, raw)
		a.numbers[name] = values
	case t.variable != nil && t.text && count > 0:
		if text, _, err := f.sequence(raw); err == nil {
			a.texts[name] = strings.TrimRight(string(text), "\x00")
		}
	case t.text && count > 0:
		a.texts[name] = strings.TrimRight(string(raw[:t.Size]), "\x00 ")
	case t.variable != nil && name == "DIMENSION_LIST":
		for i := range count {
			address := uint64(0)
			if refs, n, err := f.sequence(raw[i*t.Size:]); err == nil && n > 0 {
				address = f.on(refs).address()
			}
			a.axes = append(a.axes, address)
		}
	}
}

// sequence returns the bytes of an element of variable length, and how many it has.
func (f *File) sequence(raw []byte) ([]byte, uint64, error) {
	b := f.on(raw)
	n, heap, index := b.uint(4), b.address(), b.uint(4)
	if b.err != nil || n == 0 {
		return nil, 0, b.err
	}
	data, err := f.global(heap, index)
	return data, n, err
}
