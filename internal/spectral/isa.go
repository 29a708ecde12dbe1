package spectral

// isa is an instruction set that has kernels.
type isa int

const (
	portable isa = iota // pure Go
	avx2                // AVX2 and FMA
	avx512              // AVX-512 F
)

func (s isa) String() string { return [...]string{"portable", "avx2", "avx512"}[s] }

// best is the widest instruction set of this machine.
var best = sets()[len(sets())-1]
