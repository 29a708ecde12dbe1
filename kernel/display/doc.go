// Package display turns values into what a notebook shows.
//
// A Renderer maps any Go value to a Bundle: the same thing in several MIME types, of which text/plain is always
// one. A value says how it looks through a small method, recognised by its shape, so that numerical packages need
// not know of notebooks:
//
//	MIMEBundle() (data, metadata map[string]any)    whatever MIME types it likes
//	PNG(scale float64) ([]byte, int, int, error)    a figure; the sizes are CSS pixels at scale 1
//	SVG() ([]byte, error)                           a vector figure
//	HTML() string                                   a rich table, with String() as its text twin
//
// Gonum matrices and plots, images, errors, tables of numbers, slices, maps and structs have views of their own.
//
// A Publisher carries bundles to the front end while a cell is still running; it travels in a context. Progress is
// one line that such a publisher keeps up to date. Check is a number against its bound, with a tick or a cross.
package display
