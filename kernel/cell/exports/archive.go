package exports

import (
	"compress/flate"
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

//go:embed library.bin
var library string

//go:embed module.bin
var module string

// hidden is the package whose names need no import. It can be imported, as the prelude itself does, and is not on offer.
const hidden = "scorebook/kernel/prelude"

// An archive is a text index, an empty line, and the chunks the index speaks of. The first line of the index
// names the Go release; each other line is "path name types docs", the last two being the compressed lengths of
// the package's chunks, which follow one another in the order of the index. A package without types is there for
// its docs alone.

type entry struct {
	name        string
	types, docs string // compressed
}

type index struct {
	release string
	entries map[string]entry
	paths   []string // in the order of the archives
}

// catalogue is read once for all importers and never changes.
var catalogue = sync.OnceValues(readArchives)

func readArchives() (index, error) {
	ix := index{entries: map[string]entry{}}
	for _, data := range []string{library, module} {
		if err := ix.add(data); err != nil {
			return ix, fmt.Errorf("exports: %w", err)
		}
	}
	return ix, nil
}

func (ix *index) add(data string) error {
	head, chunks, ok := strings.Cut(data, "\n\n")
	if !ok {
		return fmt.Errorf("no index")
	}
	release, lines, _ := strings.Cut(head, "\n")
	ix.release = release
	for line := range strings.SplitSeq(lines, "\n") {
		f := strings.Fields(line)
		if len(f) != 4 {
			return fmt.Errorf("index line %q has %d fields, not 4", line, len(f))
		}
		t, err1 := strconv.Atoi(f[2])
		d, err2 := strconv.Atoi(f[3])
		if err1 != nil || err2 != nil || t < 0 || d < 0 || t+d > len(chunks) {
			return fmt.Errorf("index line %q does not fit the %d bytes left", line, len(chunks))
		}
		ix.entries[f[0]] = entry{name: f[1], types: chunks[:t], docs: chunks[t : t+d]}
		if t > 0 && f[0] != hidden {
			ix.paths = append(ix.paths, f[0])
		}
		chunks = chunks[t+d:]
	}
	return nil
}

func inflate(chunk string) ([]byte, error) {
	return io.ReadAll(flate.NewReader(strings.NewReader(chunk)))
}
