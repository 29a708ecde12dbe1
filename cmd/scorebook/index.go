package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"scorebook/kernel/notebook"
)

func indexCommand() *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:   "index FOLDER [MARKDOWN...]",
		Short: "Make an index page of a folder of executed notebooks",
		Long: "Write README.md and thumbnails from the notebooks stored in a folder, and fill their check values into Markdown\n" +
			"files that quote them as <!--check FOLDER/NAME \"name of the check\"-->value<!--/-->. A file about.md in the folder\n" +
			"or in one of its folders opens the page or a section; record.json, which `scorebook run --record` writes, has the times.",
		Example: "  scorebook index notebooks docs/papers.md",
		Args:    cobra.MinimumNArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			files, err := indexFiles(args[0], args[1:])
			if err != nil {
				return err
			}
			if check {
				return sameFiles(files)
			}
			return writeFiles(cmd.OutOrStdout(), files)
		}),
	}
	cmd.Flags().BoolVar(&check, "check", false, "write nothing, and fail when a file is not what would be written")
	return cmd
}

// page is a notebook of the index.
type page struct {
	path  string // from the index's folder, with slashes
	cover notebook.Cover
	runs  []notebook.Check
}

func (p page) thumbnail() string {
	return "thumbnails/" + strings.ReplaceAll(strings.TrimSuffix(p.path, ".ipynb"), "/", "-") + ".png"
}

// indexFiles returns what belongs into each file, by path.
func indexFiles(folder string, quoting []string) (map[string][]byte, error) {
	pages, err := readPages(folder)
	if err != nil {
		return nil, err
	}
	r, err := readRecord(filepath.Join(folder, "record.json"))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, p := range pages {
		if p.cover.Picture == nil {
			continue
		}
		if files[filepath.Join(folder, p.thumbnail())], err = thumbnail(p.cover.Picture); err != nil {
			return nil, fmt.Errorf("%s: %w", p.path, err)
		}
	}
	if files[filepath.Join(folder, "README.md")], err = indexPage(folder, pages, r); err != nil {
		return nil, err
	}
	for _, file := range quoting {
		if files[file], err = quote(file, pages); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func readPages(folder string) ([]page, error) {
	names, err := notebooksAt([]string{folder})
	if err != nil {
		return nil, err
	}
	var pages []page
	for _, name := range names {
		n, err := notebook.Read(name)
		if err != nil {
			return nil, err
		}
		path, err := filepath.Rel(folder, name)
		if err != nil {
			return nil, err
		}
		pages = append(pages, page{path: filepath.ToSlash(path), cover: n.Cover(), runs: n.Checks()})
	}
	return pages, nil
}

func writeFiles(out io.Writer, files map[string][]byte) error {
	for _, name := range sortedNames(files) {
		if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, files[name]) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, files[name], 0o644); err != nil {
			return err
		}
		fmt.Fprintln(out, "written:", name)
	}
	return nil
}

// sameFiles fails when a file is not what would be written.
func sameFiles(files map[string][]byte) error {
	var stale []string
	for _, name := range sortedNames(files) {
		if old, err := os.ReadFile(name); err != nil || !bytes.Equal(old, files[name]) {
			stale = append(stale, name)
		}
	}
	if len(stale) > 0 {
		return errors.New("stale: " + strings.Join(stale, ", ") + "; write them anew with scorebook index")
	}
	return nil
}

func sortedNames(files map[string][]byte) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
