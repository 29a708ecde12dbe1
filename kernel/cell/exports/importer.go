package exports

import (
	"bytes"
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
)

// Importer hands out packages to go/types. All packages of one Importer share their types, so a value of one
// package fits a parameter of another; values of two Importers do not mix. It may be used from several
// goroutines.
type Importer struct {
	mu       sync.Mutex
	fset     *token.FileSet
	packages map[string]*types.Package // some incomplete: met only in another's data
	docs     map[string]map[string]string
}

// New returns an importer that has decoded nothing yet.
func New() *Importer {
	return &Importer{
		fset:     token.NewFileSet(),
		packages: map[string]*types.Package{},
		docs:     map[string]map[string]string{},
	}
}

var _ types.Importer = (*Importer)(nil)

// Release is the Go release whose standard library is described, such as "go1.26".
func Release() string {
	ix, _ := catalogue()
	return ix.release
}

// Import returns the package with the given import path, complete. A path that is not among Paths is an error.
func (im *Importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	im.mu.Lock()
	defer im.mu.Unlock()
	if p := im.packages[path]; p != nil && p.Complete() {
		return p, nil
	}
	ix, err := catalogue()
	if err != nil {
		return nil, err
	}
	e := ix.entries[path]
	if e.types == "" {
		return nil, fmt.Errorf("package %s is not among those a cell can use", path)
	}
	data, err := inflate(e.types)
	if err != nil {
		return nil, fmt.Errorf("exports: %s: %w", path, err)
	}
	return gcexportdata.Read(bytes.NewReader(data), im.fset, im.packages, path)
}

// Paths returns the import paths of all packages on offer, the standard library first, else in alphabetical order.
func (im *Importer) Paths() []string {
	ix, _ := catalogue()
	return slices.Clone(ix.paths)
}
