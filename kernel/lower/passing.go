package lower

import "go/types"

// passing says how a value of a user's type is given to a compiled function that takes any value.
type passing int

const (
	boxedValue   passing = iota // in a box: the function keeps it, prints it, or asks it for methods
	rawValue                    // as it is: the function looks at it by reflection
	target                      // as something to decode into
	templateData                // as something a template can go through
)

// byReflection are the packages that look at values by reflection.
var byReflection = map[string]bool{
	"reflect": true, "encoding/xml": true, "encoding/gob": true, "encoding/binary": true,
	"encoding/asn1": true, "text/template": true, "html/template": true, "sort": true,
}

// exceptions are functions that take values in another way than the rest of their package: those of reflect the
// run time replaces by some that know boxes, and boxes encode themselves as JSON and XML.
var exceptions = map[string]passing{
	"reflect.TypeOf": boxedValue, "reflect.DeepEqual": boxedValue,
	"text/template.Execute": templateData, "text/template.ExecuteTemplate": templateData,
	"html/template.Execute": templateData, "html/template.ExecuteTemplate": templateData,
	"encoding/xml.Marshal": boxedValue, "encoding/xml.MarshalIndent": boxedValue, "encoding/xml.Encode": boxedValue,
	"encoding/json.Unmarshal": target, "encoding/json.Decode": target,
}

func passingTo(o types.Object) passing {
	if o == nil || o.Pkg() == nil {
		return boxedValue
	}
	if how, ok := exceptions[o.Pkg().Path()+"."+o.Name()]; ok {
		return how
	}
	if byReflection[o.Pkg().Path()] {
		return rawValue
	}
	return boxedValue
}
