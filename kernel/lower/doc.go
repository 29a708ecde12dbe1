// Package lower turns a checked cell into the plain dialect of Go that yaegi runs rightly.
//
// yaegi gets much of Go's type system wrong: redefinition, method sets, interfaces over interpreted types,
// generics, typed nils, names in %T. So none of it is left to yaegi. Types are erased to their underlying form,
// with one struct type per declared struct; methods become functions of their receiver; generics are written out
// once per instance; every constant is folded; and a value of a declared type that goes into an interface is put
// in a box that carries its type, which the run-time half of this design (package interp) opens, compares,
// calls and formats. What yaegi sees is functions, basic types, slices, maps, channels and plain structs.
//
// The names in the emitted source all hold the letter ǃ, which no keyboard types by chance.
package lower
