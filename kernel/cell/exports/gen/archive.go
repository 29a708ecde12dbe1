package main

import (
	"bytes"
	"compress/flate"
	"fmt"
	"go/token"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
)

// archive lays out packages as package exports reads them. Positions are left out: they would name files of the
// machine that generated them. The names that need no import are a package without types.
func archive(release string, pkgs []*packages.Package, builtin []byte) ([]byte, error) {
	index := bytes.NewBufferString(release)
	var chunks bytes.Buffer
	if builtin != nil {
		if err := deflate(&chunks, builtin); err != nil {
			return nil, err
		}
		fmt.Fprintf(index, "\nbuiltin builtin 0 %d", chunks.Len())
	}
	for _, p := range pkgs {
		var data bytes.Buffer
		if err := gcexportdata.Write(&data, token.NewFileSet(), p.Types); err != nil {
			return nil, fmt.Errorf("%s: %w", p.PkgPath, err)
		}
		start := chunks.Len()
		if err := deflate(&chunks, data.Bytes()); err != nil {
			return nil, err
		}
		middle := chunks.Len()
		if err := deflate(&chunks, docs(p.Syntax)); err != nil {
			return nil, err
		}
		fmt.Fprintf(index, "\n%s %s %d %d", p.PkgPath, p.Name, middle-start, chunks.Len()-middle)
	}
	index.WriteString("\n\n")
	return append(index.Bytes(), chunks.Bytes()...), nil
}

func deflate(dst *bytes.Buffer, data []byte) error {
	w, err := flate.NewWriter(dst, flate.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return err
	}
	return w.Close()
}
