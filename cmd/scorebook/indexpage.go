package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// indexPage writes the page: for each folder a table of its notebooks.
func indexPage(folder string, pages []page, r record) ([]byte, error) {
	var b strings.Builder
	opening, err := about(folder, "# "+filepath.Base(folder))
	if err != nil {
		return nil, err
	}
	b.WriteString(opening)
	section := ""
	for i, p := range pages {
		if at := path.Dir(p.path); i == 0 || at != section {
			section = at
			opening, err := about(filepath.Join(folder, at), "## "+at)
			if err != nil {
				return nil, err
			}
			if at != "." {
				b.WriteString("\n" + opening)
			}
			b.WriteString("\n| | Notebook | Checks | Time |\n|---|---|---|---|\n")
		}
		b.WriteString(p.row(r))
	}
	fmt.Fprintf(&b, "\n%s\n", total(pages, r))
	return []byte(b.String()), nil
}

// about is how the page or a section begins: the folder's about.md, or a heading.
func about(folder, heading string) (string, error) {
	content, err := os.ReadFile(filepath.Join(folder, "about.md"))
	if errors.Is(err, fs.ErrNotExist) {
		return heading + "\n", nil
	}
	return strings.TrimSpace(string(content)) + "\n", err
}

func (p page) row(r record) string {
	picture := ""
	if p.cover.Picture != nil {
		picture = fmt.Sprintf(`<a href="%s"><img src="%s" width="240" alt="A figure of %s"></a>`, p.path, p.thumbnail(), cellText(p.cover.Title))
	}
	mark := "✓"
	if held(p.runs) < len(p.runs) {
		mark = "✗"
	}
	took := ""
	if run, ok := r[p.path]; ok {
		took = fmt.Sprintf("%.0f s", run.Seconds)
	}
	return fmt.Sprintf("| %s | **[%s](%s)**<br>%s | %s %d of %d | %s |\n",
		picture, cellText(p.cover.Title), p.path, cellText(p.cover.Summary), mark, held(p.runs), len(p.runs), took)
}

// cellText keeps a bar from ending the cell of the table.
func cellText(markdown string) string { return strings.ReplaceAll(markdown, "|", `\|`) }

// total sums up, with the machine that the times are of.
func total(pages []page, r record) string {
	good, checks, took, cores, arch := 0, 0, 0.0, 0, ""
	for _, p := range pages {
		good, checks = good+held(p.runs), checks+len(p.runs)
		if run, ok := r[p.path]; ok {
			took, cores, arch = took+run.Seconds, run.Cores, run.Arch
		}
	}
	text := fmt.Sprintf("%s, %d of %s hold", plural(len(pages), "notebook"), good, plural(checks, "check"))
	if took > 0 {
		text += fmt.Sprintf("; all of them ran in %.0f minutes on %s (%s)", took/60+0.5, plural(cores, "core"), arch)
	}
	return text + "."
}
