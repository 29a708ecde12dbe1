// Package prelude is the vocabulary that every cell sees without an import: simulation, scores, rate matrices,
// mobilities, reduced models, and the figures and checks that go with them.
//
// It holds no numerics. Each function of a cell is a method of Vocabulary, a thin adapter that calls the library with
// the running cell's context and a line of progress, and turns an error into a panic that the cell reports. The types
// of a cell are aliases of the library's.
//
// A Prelude belongs to one session. Package tells the type checker what it offers and Symbols the interpreter; both are
// read off the same methods and tables, so that they cannot differ.
package prelude
