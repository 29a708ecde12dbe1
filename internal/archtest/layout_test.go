package archtest

// row says what one folder, with the folders below it, may import of this module.
type row struct {
	dir     string
	imports []string // a folder; "stdlib/*" stands for every folder below stdlib
}

// layout is every folder that may hold Go files. A folder may always import the folders below itself.
var layout = []row{
	{"cmd/scorebook", []string{"kernel/*"}},

	{"kernel/cell", nil},
	{"kernel/protocol", nil},
	{"kernel/display", nil},
	{"kernel/native", []string{"kernel/cell"}},
	{"kernel/lower", []string{"kernel/cell", "kernel/native"}},
	{"kernel/interp", []string{"kernel/cell", "kernel/lower", "kernel/native"}},
	{"kernel/wire", []string{"kernel/protocol"}},
	{"kernel/server", []string{"kernel/cell", "kernel/protocol", "kernel/display"}},
	{"kernel/notebook", []string{"kernel/server", "kernel/protocol"}},
	{"kernel/prelude/symbols/gen", []string{"kernel/cell/exports"}}, // a program of its own, before its folder's row
	{"kernel/prelude", []string{"stdlib/*", "plotting", "kernel/display", "kernel/native"}},

	{"stdlib/trajectory", with("internal/hdf5", "internal/netcdf")},
	{"stdlib/score", with("stdlib/trajectory")},
	{"stdlib/partition", with("stdlib/trajectory")},
	{"stdlib/nn", with("stdlib/trajectory")},
	{"stdlib/stats", with("stdlib/trajectory")},
	{"stdlib/sde", with("stdlib/trajectory", "stdlib/score")},
	{"stdlib/systems", with("stdlib/trajectory", "stdlib/score", "stdlib/sde", "internal/spectral")},
	{"stdlib/kgmm", with("stdlib/trajectory", "stdlib/score", "stdlib/partition", "stdlib/nn")},
	{"stdlib/dsm", with("stdlib/trajectory", "stdlib/score", "stdlib/partition", "stdlib/nn")},
	{"stdlib/markov", with("stdlib/trajectory", "stdlib/partition")},
	{"stdlib/mobility", with("stdlib/trajectory", "stdlib/score", "stdlib/markov")},
	{"stdlib/langevin", []string{"stdlib/trajectory", "stdlib/score", "stdlib/mobility", "stdlib/sde", "stdlib/nn"}},

	{"plotting", []string{"stdlib/*"}},

	{"internal/simd/minimax", nil},
	{"internal/simd", nil},
	{"internal/rng", nil},
	{"internal/spectral", nil},
	{"internal/parallel", nil},
	{"internal/hdf5", nil},
	{"internal/netcdf", nil},
	{"internal/archtest", nil},
	{"internal/numtest", []string{"internal/rng"}},
	{"internal/celltest", []string{"kernel/*"}},
	{"internal/jupytertest", nil},

	{"bench", []string{"stdlib/*", "plotting", "kernel/*", "internal/*"}},
}

// numerics is what every folder of stdlib may use; internal's other folders serve tests alone.
var numerics = []string{"internal/simd", "internal/rng", "internal/parallel"}

func with(dirs ...string) []string { return append(dirs, numerics...) }

// testImports is what test files may import beyond their folder's row: oracles and fixtures of their own line.
var testImports = []row{
	{"stdlib", []string{"stdlib/*", "internal/*"}},
	{"plotting", []string{"stdlib/*", "internal/*"}},
	{"kernel", []string{"kernel/*", "internal/*"}},
	{"cmd", []string{"kernel/*", "internal/*"}},
	{"internal", []string{"internal/*"}},
}

// below are the only names a folder under one of layout's may have: generated code, its generators, what tests read,
// the scripts that run peers, a fixture that several packages' tests share, and Go sources that cells are given.
var below = []string{"exports", "symbols", "gen", "testdata", "peers", "enginetest", "library", "elementary"}

// free are the folders whose own folders may be named as it takes.
var free = []string{"testdata", "library"}

// plainFolders hold no Go files.
var plainFolders = []string{".ci", "docs", "docs/gallery", "notebooks", "notebooks/kgmm", "notebooks/langevin", "notebooks/guide", "notebooks/thumbnails"}

// owners names the folders that alone may import an outside module.
var owners = []struct {
	module  string
	folders []string
}{
	{"github.com/tetratelabs/wazero", []string{"kernel/native"}},
	{"github.com/traefik/yaegi", []string{"kernel/interp", "kernel/prelude/symbols", "bench"}}, // in bench as a peer
	{"github.com/go-zeromq/zmq4", []string{"kernel/wire"}},
	{"github.com/spf13/cobra", []string{"cmd/scorebook"}},
	{"github.com/parquet-go/parquet-go", []string{"stdlib/trajectory"}},
	{"github.com/mmcloughlin/avo", []string{"internal/simd", "internal/spectral"}},
	{"gonum.org/v1/plot", []string{"plotting", "kernel/display", "kernel/prelude"}},
}

// vagueNames say nothing about what a file or a folder holds.
var vagueNames = []string{"util", "utils", "helper", "helpers", "common", "misc"}

const maxLines = 500
