// Package symbols holds the compiled packages that a cell can call: for each exported name of the standard
// library and gonum its value, in the form the interpreter takes.
//
// The tables are generated from package exports, so that what the checker offers is what runs. They are static
// data: nothing runs at start-up, and a package's map is built when it is asked for. Generic functions and types
// have no value before they are instantiated and are not in them, nor are interfaces that only constrain type
// parameters; packages that hold nothing else (cmp, iter, maps, slices, unique, weak) have no table.
//
// Each interface that a cell's type can implement has a wrapper, under its name with a leading underscore: a
// struct whose first field holds the interpreted value and whose others, named W and the method's name, hold
// its methods.
//
// A few functions that would end the process are replaced; see restricted.go.
package symbols

//go:generate go run ./gen
