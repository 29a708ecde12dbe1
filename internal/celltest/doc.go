// Package celltest runs scripts of cells: what a notebook session is expected to print, fail with and yield.
//
// A script is a txtar archive with many cases. A case is a section named by what it shows, whose body says the
// rule in words; then come its cells and what is wanted of them:
//
//	-- a function sees the newest meaning of another --
//	Callers go through the name, not the body it had when they were compiled.
//	-- cell --
//	func f() int { return 1 }
//	func g() int { return f() * 10 }
//	-- cell --
//	func f() int { return 2 }
//	-- cell --
//	g()
//	-- want --
//	=> 20
//
// Each case has a session of its own, and a cell that fails does not end it. What the case yields is, cell after
// cell, what the cell printed and, when its last statement is an expression, a line "=> v" with the value as %v
// prints it; a cell that failed yields a line "error: …". The last section says how that is compared:
//
//	-- want --           all of it, white space at the ends aside
//	-- want contains --  each line of the body is somewhere in it
//	-- want error --     the last cell failed, and each line of the body is in what it said
//
// After every case one more cell must answer. A section "stdin" is what the cells can read. A line "go: same" in
// a case's body says that the Go toolchain prints the same when the cells are joined into one program, which
// Oracle checks.
package celltest
