// Gen writes the archives of package exports, or, with -check, says whether they are what it would write.
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
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("exports/gen: ")
	check := flag.Bool("check", false, "write nothing, and fail when an archive is stale")
	flag.Parse()
	root, err := goOutput("list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		log.Fatal(err)
	}
	release, err := goRelease()
	if err != nil {
		log.Fatal(err)
	}
	dir := filepath.Join(root, "kernel", "cell", "exports")
	for _, g := range groups {
		if err := generate(g, root, filepath.Join(dir, g.file), release, *check); err != nil {
			log.Fatal(err)
		}
	}
}

// generate writes or checks one archive.
func generate(g group, root, file, release string, check bool) error {
	old, err := os.ReadFile(file)
	if check && err != nil {
		return err
	}
	if made, _, _ := strings.Cut(string(old[:min(len(old), 64)]), "\n"); check && made != release {
		fmt.Printf("%s is made for %s and this is %s: not compared\n", g.file, made, release)
		return nil
	}
	list, err := g.load(root)
	if err != nil {
		return err
	}
	data, err := archive(release, list)
	if err != nil {
		return err
	}
	if !check {
		fmt.Printf("%s: %d packages, %d bytes\n", g.file, len(list), len(data))
		return os.WriteFile(file, data, 0o644)
	}
	if !bytes.Equal(old, data) {
		return fmt.Errorf("%s is stale: run go generate ./kernel/cell/exports", g.file)
	}
	return nil
}

// goRelease is the Go release in use without its patch number: the exported names do not change within one.
func goRelease() (string, error) {
	v, err := goOutput("env", "GOVERSION")
	if err != nil {
		return "", err
	}
	parts := strings.SplitN(v, ".", 3)
	return strings.Join(parts[:min(len(parts), 2)], "."), nil
}

func goOutput(args ...string) (string, error) {
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
