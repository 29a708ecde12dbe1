// Package native compiles numeric Go functions of notebook cells to machine code: type-checked syntax → WebAssembly
// → wazero's compiler. No Go toolchain is needed, and a function of twenty lines takes about half a millisecond.
//
//	c, _ := native.New(native.Options{Stopped: interrupted})
//	p, err := c.Compile(sources...)        // *Refusal: the first place that keeps one of them interpreted, and why
//	fs, err := p.Bind(addresses...)        // of p.Captured(), in that order
//	drift := fs[0].Interface().(func(dst, x []float64))
//
// # The subset
//
// Integers, floats, complex numbers and booleans; structs and arrays of them; slices of these, and slices of slices
// for reading. All operators, conversions and control flow except goto; make, append, copy, clear, min, max, len and
// cap; package math; calls of functions and value methods compiled together, recursion; captured variables. Not
// strings, maps, pointers, interfaces, channels, closures made inside, defer, go.
//
// # What it promises
//
// The bits, the panics and the order of effects are those of Go on amd64. A failing function panics with a *Panic,
// which is a runtime.Error with Go's message and the position; what it had assigned before stays assigned.
//
// # Memory
//
// Linear memory is a window on Go's heap (window.go): slices are passed and kept by address, nothing is copied, and
// aliasing is Go's own. Captured variables live where the session keeps them; a function holds those it uses in
// locals and writes the ones it sets back before it calls, returns or fails. Memory made inside is ordinary Go
// memory, allocated by the host. Arrays live in a frame of the instance, so their slices may not outlive the call.
// What lies outside the window (far.go) is copied in and out.
//
// # Templates
//
// A loop that calls a function of the user's once for each point is a [Template]: text with an open place for that
// function. [Template.Fill] makes one module of both, and [Of] finds the compiled function behind a func value.
//
// # Speed
//
// Bounds checks that lengths and loop conditions make needless are left out (facts.go); a slice walked by a loop's
// counter has its address in a register (stride.go). Innermost loops have a form without bounds checks, which one look
// before a stretch of turns admits and in which neighbours on a ring need no remainder (ring.go), and are written out several
// times (unroll.go); loops of few turns between constants are written out whole, so that what is computed of their counter is
// a constant (written.go, known.go). Elements at constant indices and constants are handed on in registers (carry.go, element.go,
// constants.go), and so are operations of a loop's condition that its body repeats (operation.go). Straight runs are put in the
// order of what waits longest, and their divisions are done in pairs (schedule.go, pair.go), but in functions with vectors, which
// stay in their order. wazero checks each address once for all that is near it; what is written here lets it remember that it
// did (touch and renew in unroll.go, iff in encode.go).
//
// Loops count their turns, counted loops by the stretch, and give the host a turn every 2¹⁴ or 2¹⁶: then interrupts are seen,
// and Go's collector, which cannot preempt compiled code, gets to run. Elementary functions are compiled once a session from Go text with the bits of package math
// (package elementary); the rest of package math is called in the host.
//
// An innermost loop over float64s whose turns do not wait for one another runs two turns at once, in the lanes of a vector
// (lanes.go): straight code that sets elements at the counter plus constants, with decisions that only choose between values,
// and with sines, cosines and exponentials, of which package elementary has forms of two numbers. Before it one look tells
// that no slice it sets overlaps another, but for the same elements at the same time (laneloop.go). A sum takes its terms from
// lanes and adds them one after the other (lanesum.go). A loop around one that waits for its own results, such as an ensemble's
// around its members' steps, runs that one for up to eight turns abreast, until all have left it (abreast.go, apart.go); where
// they leave it together, it may read rows of slices (abreasteven.go).
package native
