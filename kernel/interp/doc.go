// Package interp runs lowered cells on yaegi, of which it is the sole importer.
//
// It is also the run-time half of the design that package lower describes: boxes, which carry a value's type into
// an interface, and the functions under the name rt that cells call to box, assert, compare, receive, defer and
// recover. Every cell runs on a goroutine of its own. A panic, the user's or the interpreter's, becomes an error
// on the user's line; an interrupt reaches the cell at the next turn of a loop, call or wait.
package interp
