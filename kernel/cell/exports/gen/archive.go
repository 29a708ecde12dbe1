package main

import (
	"bytes"
	"compress/flate"
	"fmt"
	"go/token"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
)

// A part is one package of an archive. Without types it is there for its docs alone.
type part struct {
	path, name  string
	types, docs []byte
}

// parts makes the parts of packages. Positions are left out: they would name files of the machine that generated
// them.
func parts(pkgs []*packages.Package) ([]part, error) {
	var list []part
	for _, p := range pkgs {
		var data bytes.Buffer
		if err := gcexportdata.Write(&data, token.NewFileSet(), p.Types); err != nil {
			return nil, fmt.Errorf("%s: %w", p.PkgPath, err)
		}
		list = append(list, part{p.PkgPath, p.Name, data.Bytes(), docs(p.Syntax)})
	}
	return list, nil
}

// archive lays parts out as package exports reads them.
func archive(release string, list []part) ([]byte, error) {
	index := bytes.NewBufferString(release)
	var chunks bytes.Buffer
	for _, p := range list {
		types, err := deflate(&chunks, p.types)
		if err != nil {
			return nil, err
		}
		docs, err := deflate(&chunks, p.docs)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(index, "\n%s %s %d %d", p.path, p.name, types, docs)
	}
	index.WriteString("\n\n")
	return append(index.Bytes(), chunks.Bytes()...), nil
}

// deflate appends compressed data and returns its length; nothing stays nothing.
func deflate(dst *bytes.Buffer, data []byte) (int, error) {
	if len(data) == 0 {
		return 0, nil
	}
	start := dst.Len()
	w, err := flate.NewWriter(dst, flate.BestCompression)
	if err != nil {
		return 0, err
	}
	if _, err := w.Write(data); err != nil {
		return 0, err
	}
	err = w.Close()
	return dst.Len() - start, err
}
