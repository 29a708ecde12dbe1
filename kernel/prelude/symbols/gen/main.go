// Gen writes the tables of package symbols, or, with -check, says whether they are what it would write.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"scorebook/kernel/cell/exports"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("symbols/gen: ")
	check := flag.Bool("check", false, "write nothing, and fail when a table is stale")
	flag.Parse()
	dir, err := directory()
	if err != nil {
		log.Fatal(err)
	}
	files, err := generate(exports.New())
	if err != nil {
		log.Fatal(err)
	}
	if *check {
		err = compare(dir, files)
	} else {
		err = write(dir, files)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// directory is where the tables lie.
func directory() (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("go list -m: %w", err)
	}
	return filepath.Join(strings.TrimSpace(string(out)), "kernel", "prelude", "symbols"), nil
}

// stale lists the generated files in dir that are not among files.
func stale(dir string, files map[string][]byte) ([]string, error) {
	old, err := filepath.Glob(filepath.Join(dir, "*.gen.go"))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, path := range old {
		if name := filepath.Base(path); files[name] == nil {
			names = append(names, name)
		}
	}
	return names, nil
}

func compare(dir string, files map[string][]byte) error {
	gone, err := stale(dir, files)
	if err != nil {
		return err
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !bytes.Equal(got, want) {
			gone = append(gone, name)
		}
	}
	if len(gone) > 0 {
		return fmt.Errorf("%d files such as %s are stale: run go generate ./kernel/prelude/symbols", len(gone), gone[0])
	}
	return nil
}

func write(dir string, files map[string][]byte) error {
	gone, err := stale(dir, files)
	if err != nil {
		return err
	}
	for _, name := range gone {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
