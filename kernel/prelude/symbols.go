package prelude

import "reflect"

// Symbols returns what the interpreter calls by each name: functions as values bound to this session, types as nil
// pointers to them, constants as they are.
func (p *Prelude) Symbols() map[string]reflect.Value {
	table := map[string]reflect.Value{}
	v := reflect.ValueOf(&p.vocabulary)
	for i := range v.NumMethod() {
		table[v.Type().Method(i).Name] = v.Method(i)
	}
	for _, values := range []map[string]any{typeNames(), constants()} {
		for name, value := range values {
			table[name] = reflect.ValueOf(value)
		}
	}
	return table
}
