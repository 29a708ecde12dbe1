package sde

import "embed"

// loop is the signature of the loops of the schemes.
type loop = func(drift, field Drift, dim int, x, noise, work []float64, steps int, c Constants) int

//go:embed stretch.go loops.go loops_multiplicative.go
var innerText embed.FS

// An Inner is the inner loop of a simulation as a task for a compiler: a function of Go text that is to be made one piece
// with the drift, and the noise matrix, that it calls.
type Inner struct {
	Texts []string // of one package
	Root  string   // the function that takes a Stretch
	Loop  string   // the function that its parameter advance stands for
	Drift Drift    // what its parameter drift stands for
	Field Drift    // and field; nil when B is constant
	Dim   int      // its parameter dim

	Plain func(Stretch) (steps, resets int) // the same in Go
}

// InnerOf returns the inner loop of s by a scheme. It is false when s is to be integrated by its drift of many
// states, or is not for the scheme.
func InnerOf(s SDE, scheme Scheme) (Inner, bool) {
	if s.validate() != nil || s.Drifts != nil || scheme.validate(s.Dim, s.Noise) != nil {
		return Inner{}, false
	}
	in := Inner{Root: "stretch", Drift: s.Drift, Field: s.Noise.field, Dim: s.Dim}
	l := schemes[scheme].additive
	files := []string{"stretch.go", "loops.go"}
	if in.Field != nil {
		l, files[1] = schemes[scheme].field, "loops_multiplicative.go"
	}
	in.Loop = l.name
	in.Plain = func(p Stretch) (int, int) { return stretch(l.run, in.Drift, in.Field, in.Dim, p) }
	for _, f := range files {
		text, err := innerText.ReadFile(f)
		if err != nil {
			panic("sde: " + err.Error())
		}
		in.Texts = append(in.Texts, string(text))
	}
	return in, true
}

// Compiled returns s with a compiled form of the inner loop that InnerOf gives for it and a scheme. Runs by that scheme
// take the loop, which is called from several goroutines at once unless Run.Workers is 1; their results have the same bits.
func (s SDE) Compiled(scheme Scheme, loop func(Stretch) (steps, resets int)) SDE {
	s.loop, s.loopOf = loop, scheme
	return s
}
