// Package archtest holds the shape of the tree as tests: which folder may import which, who alone may touch
// an outside module, which folders exist, how long a file may grow, and when a test may be skipped.
//
// The tables in layout_test.go are the design. A change to them is a change of design, and its reason belongs
// in RATIONALE.md in the same commit.
package archtest
