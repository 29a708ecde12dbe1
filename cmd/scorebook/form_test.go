package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// form is what a reader sees of a notebook first: its cells and their texts.
type form struct {
	Cells []formCell
}

type formCell struct {
	ID       string
	Type     string `json:"cell_type"`
	Source   json.RawMessage
	Metadata struct{ Tags []string }
}

func readForm(t *testing.T, raw []byte) form {
	t.Helper()
	var f form
	if err := json.Unmarshal(raw, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// text is the source, which files hold as lines or as one string.
func (c formCell) text() string {
	var lines []string
	if json.Unmarshal(c.Source, &lines) == nil {
		return strings.Join(lines, "")
	}
	var whole string
	if json.Unmarshal(c.Source, &whole) != nil {
		return ""
	}
	return whole
}

// ending is the last three texts, in which a notebook says what to do next.
func (f form) ending() string {
	var texts []string
	for _, c := range f.Cells {
		if c.Type == "markdown" {
			texts = append(texts, c.text())
		}
	}
	return strings.Join(texts[max(0, len(texts)-3):], "\n\n")
}
