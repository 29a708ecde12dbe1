package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// paperRows are the rows of the tables of docs/papers.md below a heading, cell by cell, without comments.
func paperRows(t *testing.T, heading string) [][]string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "docs", "papers.md"))
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`<!--.*?-->`).ReplaceAllString(string(content), "")
	_, section, found := strings.Cut(text, "\n## "+heading+"\n")
	if !found {
		t.Fatalf("docs/papers.md has no section %q", heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var rows [][]string
	for line := range strings.Lines(section) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "|") && !strings.HasPrefix(line, "|--") {
			rows = append(rows, strings.Split(strings.Trim(line, "|"), "|"))
		}
	}
	return rows[1:]
}

func TestEveryItemOfThePapersIsMet(t *testing.T) {
	for heading, last := range map[string]int{"LD, equations": 84, "KG, equations": 41} {
		seen := map[int]bool{}
		for _, row := range paperRows(t, heading) {
			for part := range strings.SplitSeq(row[0], ",") {
				from, to, isRange := strings.Cut(strings.TrimSpace(part), "–")
				if !isRange {
					to = from
				}
				first, err := strconv.Atoi(from)
				end, errTo := strconv.Atoi(to)
				if err != nil || errTo != nil {
					t.Fatalf("%s: %q is no equation's number", heading, part)
				}
				for n := first; n <= end; n++ {
					seen[n] = true
				}
			}
		}
		for n := 1; n <= last; n++ {
			if !seen[n] {
				t.Errorf("%s: (%d) has no row", heading, n)
			}
		}
	}
	for _, heading := range []string{"Figures and tables", "LD, equations", "KG, equations"} {
		for _, row := range paperRows(t, heading) {
			for i, cell := range row {
				if len(row) != 5 || strings.TrimSpace(cell) == "" {
					t.Errorf("%s: cell %d of %q is empty", heading, i+1, row)
				}
			}
		}
	}
	var items []string
	for _, row := range paperRows(t, "Figures and tables") {
		items = append(items, strings.TrimSpace(row[0]))
	}
	const want = "KG Fig. 1, KG Fig. 2, KG Fig. 3, KG Fig. 4, KG Fig. 5, KG Fig. 6, KG Fig. 7, KG Table 1, LD Fig. 1, LD Fig. 2, LD Fig. 3, LD Fig. 4"
	if got := strings.Join(items, ", "); got != want {
		t.Errorf("figures and tables: %s", got)
	}
}

// What the table names has to be there: cells of notebooks, and tests.
func TestWhatThePapersTableNamesIsThere(t *testing.T) {
	notebooks := stored(t)
	cellOf := regexp.MustCompile("`((?:kgmm|langevin|guide)/\\w+)`((?:,? ?#c\\d+(?:–#c\\d+)?)*)")
	testOf := regexp.MustCompile(`(\w+): ((?:[A-Z]\w+(?:_…_\w+)?(?:, )?)+)`)
	tests := testNames(t)
	for _, heading := range []string{"Figures and tables", "LD, equations", "KG, equations"} {
		for _, row := range paperRows(t, heading) {
			for _, m := range cellOf.FindAllStringSubmatch(strings.Join(row, "|"), -1) {
				n := notebooks[m[1]+".ipynb"]
				if n == nil {
					t.Errorf("%s: there is no notebook %s", row[0], m[1])
					continue
				}
				raw, err := n.Bytes()
				if err != nil {
					t.Fatal(err)
				}
				for _, id := range regexp.MustCompile(`c\d+`).FindAllString(m[2], -1) {
					if !strings.Contains(string(raw), `"id": "`+id+`"`) {
						t.Errorf("%s: %s has no cell %s", row[0], m[1], id)
					}
				}
			}
			if heading == "Figures and tables" {
				continue
			}
			for _, m := range testOf.FindAllStringSubmatch(row[3], -1) {
				for name := range strings.SplitSeq(strings.TrimSuffix(m[2], ", "), ", ") {
					first, _, _ := strings.Cut(name, "_…_")
					if !strings.Contains(tests[m[1]], "func Test"+first) && !strings.Contains(tests[m[1]], "func "+first) {
						t.Errorf("%s: stdlib/%s has no test %s", row[0], m[1], name)
					}
				}
			}
		}
	}
}

// testNames are the declarations of tests of each package of stdlib.
func testNames(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "stdlib", "*", "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	declared := regexp.MustCompile(`(?m)^func (?:Test|Benchmark)\w+`)
	names := map[string]string{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Base(filepath.Dir(file))
		names[dir] += strings.Join(declared.FindAllString(string(content), -1), "\n") + "\n"
	}
	return names
}
