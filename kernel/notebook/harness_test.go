package notebook_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"scorebook/kernel/notebook"
	"scorebook/kernel/server"
	"scorebook/kernel/server/enginetest"
)

// code is a code cell with the tags.
func code(source string, tags ...string) map[string]any {
	metadata := map[string]any{}
	if len(tags) > 0 {
		metadata["tags"] = tags
	}
	return map[string]any{"cell_type": "code", "source": source, "metadata": metadata, "outputs": []any{}, "execution_count": nil}
}

func text(cells ...map[string]any) []byte {
	raw, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{}, "cells": cells})
	if err != nil {
		panic(err)
	}
	return raw
}

func parse(t *testing.T, raw []byte) *notebook.Notebook {
	t.Helper()
	n, err := notebook.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func run(t *testing.T, n *notebook.Notebook, o notebook.Options) notebook.Report {
	t.Helper()
	o.Server = server.Options{Version: "1.2.3"}
	r, err := notebook.Run(t.Context(), n, &enginetest.Engine{}, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// file is a notebook as other programs read it.
type file struct {
	Cells []struct {
		ID             string
		Source         any
		Metadata       map[string]any
		Outputs        []map[string]any
		ExecutionCount *int `json:"execution_count"`
	}
	Metadata struct {
		Kernelspec   map[string]string
		LanguageInfo map[string]string `json:"language_info"`
		Scorebook    struct {
			Version    string
			Parameters map[string]string
		}
	}
	Minor int `json:"nbformat_minor"`
}

func written(t *testing.T, n *notebook.Notebook) file {
	t.Helper()
	raw, err := n.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	var f file
	if err := json.Unmarshal(raw, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// outputs are those of one cell as JSON in one line each.
func outputs(t *testing.T, n *notebook.Notebook, cell int) []string {
	t.Helper()
	var found []string
	for _, o := range written(t, n).Cells[cell].Outputs {
		raw, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, string(raw))
	}
	return found
}

func golden(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func sum(values ...any) string { return fmt.Sprint(values...) }
