// Package cell turns the text of a notebook cell into checked pieces.
//
// A cell is Go without the ceremony: declarations and statements mixed freely, imports only where a name is
// not a package of the standard library or gonum, and a last expression that is shown. The package splits the
// text, type-checks it with go/types against everything the session has declared, and explains what is wrong
// at the user's own line. It runs nothing and talks to nobody.
package cell
