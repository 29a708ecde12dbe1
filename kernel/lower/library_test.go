package lower

import (
	"go/types"
	"io/fs"
	"path"
	"strings"
	"testing"

	"scorebook/kernel/cell/exports"
)

// lacking are the generic functions of the standard library that cells cannot call.
var lacking = map[string]bool{
	"crypto/hkdf.Expand": true, "crypto/hkdf.Extract": true, "crypto/hkdf.Key": true, "crypto/pbkdf2.Key": true,
	"hash/maphash.Comparable": true, "hash/maphash.WriteComparable": true,
}

func newLibrary() *Lowerer { return New(func(types.Type) int { return 0 }, exports.New(), nil) }

// TestLibraryIsComplete holds the library to the standard library: every generic function is there, with the
// signature it has in Go.
func TestLibraryIsComplete(t *testing.T) {
	l := newLibrary()
	for _, p := range exports.New().Paths() {
		if strings.Contains(p, ".") || strings.HasPrefix(p, "scorebook") {
			continue
		}
		pkg, err := l.library.importer.Import(p)
		if err != nil {
			t.Errorf("%s: %v", p, err)
			continue
		}
		for _, name := range pkg.Scope().Names() {
			o, ok := pkg.Scope().Lookup(name).(*types.Func)
			if !ok || !o.Exported() || o.Signature().TypeParams() == nil {
				continue
			}
			l.compareWithLibrary(t, o)
		}
	}
}

func (l *Lowerer) compareWithLibrary(t *testing.T, o *types.Func) {
	name := o.Pkg().Path() + "." + o.Name()
	own, ok := l.libraryFunc(o)
	if _, isHosted := hosted[name]; isHosted && !ok {
		return
	}
	if ok == lacking[name] {
		t.Errorf("%s: in the library %t, listed as lacking %t", name, ok, lacking[name])
		return
	}
	if !ok {
		return
	}
	inGo := strings.ReplaceAll(signatureText(o), "intType", "integer")
	if got := strings.ReplaceAll(signatureText(own), libraryRoot, ""); got != inGo {
		t.Errorf("%s is %s, in Go %s", name, got, inGo)
	}
}

// signatureText writes a signature with its type parameters and their constraints, but not the names of parameters.
func signatureText(o *types.Func) string {
	sig := o.Signature()
	bare := func(tuple *types.Tuple) *types.Tuple {
		var vars []*types.Var
		for v := range tuple.Variables() {
			vars = append(vars, types.NewParam(0, nil, "", v.Type()))
		}
		return types.NewTuple(vars...)
	}
	text := ""
	for p := range sig.TypeParams().TypeParams() {
		text += p.Obj().Name() + " " + types.TypeString(p.Constraint(), nil) + ","
	}
	return text + types.TypeString(types.NewSignatureType(nil, nil, nil, bare(sig.Params()), bare(sig.Results()), sig.Variadic()), nil)
}

// TestLibraryChecks loads every package of the library, used or not.
func TestLibraryChecks(t *testing.T) {
	l := newLibrary()
	err := fs.WalkDir(librarySource, "library", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasSuffix(p, "_test.go") {
			importPath := strings.TrimPrefix(path.Dir(p), libraryRoot)
			if _, ok := l.libraryPackage(importPath); !ok {
				t.Errorf("%s does not load", importPath)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
