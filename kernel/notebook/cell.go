package notebook

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// cell is one cell with all fields it came with.
type cell struct {
	fields map[string]any
}

func (c *cell) text(field string) string {
	s, _ := c.fields[field].(string)
	return s
}

func (c *cell) isCode() bool { return c.text("cell_type") == "code" }

// source is the text of the cell, which files hold as one string or as a list of lines.
func (c *cell) source() string { return joined(c.fields["source"]) }

func joined(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		var b strings.Builder
		for _, line := range v {
			s, _ := line.(string)
			b.WriteString(s)
		}
		return b.String()
	}
	return ""
}

// tagged reports whether the cell has the tag.
func (c *cell) tagged(tag string) bool {
	metadata, _ := c.fields["metadata"].(map[string]any)
	tags, _ := metadata["tags"].([]any)
	return slices.Contains(tags, any(tag))
}

// number stores the execution count; 0 stands for a cell that was not numbered.
func (c *cell) number(count int) {
	c.fields["execution_count"] = nil
	if count > 0 {
		c.fields["execution_count"] = count
	}
}

// lines splits text as Jupyter does when it stores it: after each line's end, of which there are more kinds than one.
func lines(text string) []any {
	list := []any{}
	for text != "" {
		end := lineEnd(text)
		list = append(list, text[:end])
		text = text[end:]
	}
	return list
}

// lineEnd is the length of the first line with its end.
func lineEnd(text string) int {
	at := strings.IndexAny(text, "\n\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029")
	if at < 0 {
		return len(text)
	}
	if strings.HasPrefix(text[at:], "\r\n") {
		return at + 2
	}
	_, width := utf8.DecodeRuneInString(text[at:])
	return at + width
}
