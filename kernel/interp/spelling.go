package interp

import "strings"

// reflectSpelling turns go/types' spelling of a type into reflect's, which differ in a few places.
func reflectSpelling(s string) string {
	s = strings.ReplaceAll(s, "any", "interface {}")
	s = strings.ReplaceAll(s, "interface{}", "interface {}")
	s = strings.ReplaceAll(s, "byte", "uint8")
	return strings.ReplaceAll(s, "rune", "int32")
}
