package interp

import (
	"encoding/xml"
	"go/types"
	"reflect"
)

// MarshalXML encodes the value in the box, by the rules of encoding/xml, under the name of its type where nothing
// else gives it one.
func (b Box) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	unnamed := start.Name.Local == reflect.TypeFor[Box]().Name()
	switch u := b.T.Underlying().(type) {
	case *types.Slice:
		return b.xmlList(u.Elem(), e, start)
	case *types.Array:
		return b.xmlList(u.Elem(), e, start)
	case *types.Pointer:
		if v := reflect.ValueOf(b.V); !v.IsNil() {
			m := b.T.machine
			return Box{m.at(m.id(m, u.Elem())), v.Elem().Interface()}.MarshalXML(e, start)
		}
		return nil
	case *types.Struct:
		if _, named := reflect.TypeOf(b.V).FieldByName("XMLName"); unnamed && named {
			return e.Encode(b.V)
		}
	}
	if n, ok := b.T.Type.(*types.Named); ok && unnamed {
		start.Name.Local = n.Obj().Name()
	}
	return e.EncodeElement(b.V, start)
}

func (b Box) xmlList(elem types.Type, e *xml.Encoder, start xml.StartElement) error {
	m, v := b.T.machine, reflect.ValueOf(b.V)
	for i := range v.Len() {
		item := Box{m.at(m.id(m, elem)), v.Index(i).Interface()}
		if err := item.MarshalXML(e, start); err != nil {
			return err
		}
	}
	return nil
}
