package notebook

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode/utf8"
)

// thumbnailTag marks the cell whose last picture stands for the notebook.
const thumbnailTag = "thumbnail"

// Cover is how a notebook presents itself in an index.
type Cover struct {
	Title   string // its first heading
	Summary string // the first sentences below, as Markdown
	Picture []byte // PNG: of the cell tagged thumbnail, else the largest; nil when there is none
}

// Cover returns what an index shows of the notebook.
func (n *Notebook) Cover() Cover {
	c := Cover{Picture: n.picture()}
	for _, cell := range n.cells {
		if cell.text("cell_type") == "markdown" {
			c.Title, c.Summary = opening(cell.source())
			break
		}
	}
	return c
}

// opening returns the heading of a Markdown text, and the first sentences of the paragraph below it on one line.
func opening(text string) (title, summary string) {
	var paragraph []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if heading, ok := strings.CutPrefix(line, "# "); ok && title == "" {
			title = strings.TrimSpace(heading)
			continue
		}
		if line == "" && len(paragraph) > 0 {
			break
		}
		if line != "" && title != "" {
			paragraph = append(paragraph, line)
		}
	}
	return title, sentences(strings.Join(paragraph, " "))
}

const summaryLength = 60 // characters that a summary has at least, when there are so many

// sentenceEnd stands between two sentences.
var sentenceEnd = regexp.MustCompile(`[.?!]["”*_)]*\s+["“*_($]*\p{Lu}`)

// sentences cuts a paragraph after the first sentences that say enough. One that runs on into a list or an equation ends in dots.
func sentences(paragraph string) string {
	for _, at := range sentenceEnd.FindAllStringIndex(paragraph, -1) {
		first := paragraph[:at[0]] + strings.Fields(paragraph[at[0]:])[0]
		if utf8.RuneCountInString(first) >= summaryLength {
			return first
		}
	}
	if open := strings.TrimRight(paragraph, ",:;"); open != paragraph {
		return open + " …"
	}
	return paragraph
}

func (n *Notebook) picture() []byte {
	var best []byte
	for _, c := range n.code() {
		for _, data := range c.bundles() {
			raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(joined(data["image/png"])), ""))
			if err != nil || len(raw) == 0 {
				continue
			}
			if c.tagged(thumbnailTag) {
				return raw
			}
			if len(raw) > len(best) {
				best = raw
			}
		}
	}
	return best
}
