package display

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// table is a grid of formatted cells, columns first; every column has the same number of rows.
type table struct {
	caption string     // what it is: "3×3 matrix"
	header  []string   // one per column, or nil
	columns [][]string // cells padded to the width of their column
	left    bool       // cells are words, which begin in line
}

const (
	tableRows = 16 // more rows than this are elided in the middle
	tableCols = 12
	ellipsis  = "⋮"
)

// elide lists which of n positions to show; -1 marks the gap.
func elide(n, limit int) []int {
	shown := make([]int, 0, limit+1)
	for i := range n {
		if n > limit && i == limit/2 {
			shown = append(shown, -1)
		}
		if n <= limit || i < limit/2 || i >= n-limit/2 {
			shown = append(shown, i)
		}
	}
	return shown
}

// gridOf formats the cells of a rows×cols array, large ones elided in the middle. cell may return "" for no value.
func gridOf(rows, cols int, cell func(i, j int) string) [][]string {
	return gridWithin(rows, cols, tableRows, cell)
}

// gridWithin is gridOf with another limit to the rows.
func gridWithin(rows, cols, limit int, cell func(i, j int) string) [][]string {
	shownRows := elide(rows, limit)
	grid := make([][]string, 0, tableCols+1)
	for _, j := range elide(cols, tableCols) {
		column := make([]string, len(shownRows))
		for k, i := range shownRows {
			switch {
			case i < 0 && j < 0:
				column[k] = "⋱"
			case i < 0:
				column[k] = ellipsis
			case j < 0:
				column[k] = "…"
			default:
				column[k] = cell(i, j)
			}
		}
		grid = append(grid, column)
	}
	return grid
}

// text lays the table out in monospaced characters.
func (t table) text() string {
	var b strings.Builder
	b.WriteString(t.caption)
	widths := make([]int, len(t.columns))
	for j, column := range t.columns {
		for _, s := range column {
			widths[j] = max(widths[j], utf8.RuneCountInString(s))
		}
		if t.header != nil {
			widths[j] = max(widths[j], utf8.RuneCountInString(t.header[j]))
		}
	}
	if t.header != nil {
		b.WriteString(t.textRow(t.header, widths))
	}
	for i := range t.rows() {
		b.WriteString(t.textRow(t.row(i), widths))
	}
	return strings.TrimPrefix(b.String(), "\n")
}

func (t table) rows() int {
	if len(t.columns) == 0 {
		return 0
	}
	return len(t.columns[0])
}

func (t table) row(i int) []string {
	cells := make([]string, len(t.columns))
	for j, column := range t.columns {
		cells[j] = column[i]
	}
	return cells
}

func (t table) textRow(cells []string, widths []int) string {
	var line strings.Builder
	for j, s := range cells {
		if t.left {
			fmt.Fprintf(&line, "  %-*s", widths[j], s)
		} else {
			fmt.Fprintf(&line, "  %*s", widths[j], s)
		}
	}
	return "\n" + strings.TrimRight(line.String(), " ")
}

// The colours are left to the page, so that the table suits light and dark themes; dataframe is the class that
// JupyterLab, nbconvert and VS Code style as a table.
const (
	tableOpen   = `<table class="dataframe scorebook-table" style="width:auto;margin:.3em 0;border-collapse:collapse">`
	captionOpen = `<caption style="caption-side:bottom;text-align:left;opacity:.7;font-size:90%;white-space:nowrap">`
	cellOpen    = `<td style="white-space:pre;text-align:%s;font-family:var(--jp-code-font-family,monospace)">`
	headOpen    = `<th style="text-align:%s">`
)

// html lays the table out as an HTML table.
func (t table) html() string {
	var b strings.Builder
	side := "right"
	if t.left {
		side = "left"
	}
	headOpen, cellOpen := fmt.Sprintf(headOpen, side), fmt.Sprintf(cellOpen, side)
	b.WriteString(tableOpen)
	if t.caption != "" {
		b.WriteString(captionOpen + html.EscapeString(t.caption) + `</caption>`)
	}
	if t.header != nil {
		b.WriteString(`<thead><tr>`)
		for _, s := range t.header {
			b.WriteString(headOpen + html.EscapeString(s) + `</th>`)
		}
		b.WriteString(`</tr></thead>`)
	}
	b.WriteString(`<tbody>`)
	for i := range t.rows() {
		b.WriteString(`<tr>`)
		for _, s := range t.row(i) {
			b.WriteString(cellOpen + html.EscapeString(s) + `</td>`)
		}
		b.WriteString(`</tr>`)
	}
	b.WriteString(`</tbody></table>`)
	return b.String()
}

func (t table) bundle() Bundle { return rich(TextHTML, t.html(), t.text()) }

// Table shows rows of text under a header, which may be nil.
func Table(caption string, header []string, rows [][]string) Bundle {
	t := table{caption: caption, header: header, left: true}
	for j := range rows[0] {
		column := make([]string, len(rows))
		for i, row := range rows {
			column[i] = row[j]
		}
		t.columns = append(t.columns, column)
	}
	return t.bundle()
}
