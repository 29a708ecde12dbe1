package notebook_test

import (
	"testing"

	"scorebook/kernel/notebook"
)

func markdown(source string) map[string]any {
	return map[string]any{"cell_type": "markdown", "source": source, "metadata": map[string]any{}}
}

func picture(base64 string, tags ...string) map[string]any {
	c := code("x", tags...)
	c["outputs"] = []any{map[string]any{"output_type": "display_data", "metadata": map[string]any{}, "data": map[string]any{"image/png": base64}}}
	return c
}

func TestCover(t *testing.T) {
	for source, want := range map[string]notebook.Cover{
		"# A *title*\n\nShort. And a second sentence that makes it as long as it needs to be. A third.\n\nMore.": {
			Title: "A *title*", Summary: "Short. And a second sentence that makes it as long as it needs to be."},
		"# T\nA sentence over\ntwo lines that names Fig. 6 and section 2 of a paper and runs into\n\n$$ x $$": {
			Title: "T", Summary: "A sentence over two lines that names Fig. 6 and section 2 of a paper and runs into"},
		"# T\n\nAn equation follows:\n\n$$ x $$": {Title: "T", Summary: "An equation follows …"},
		"no heading":                             {},
	} {
		if got := parse(t, text(markdown(source))).Cover(); got.Title != want.Title || got.Summary != want.Summary {
			t.Errorf("%q: %q", source, got)
		}
	}
}

func TestCoverPicture(t *testing.T) {
	for name, c := range map[string]struct {
		cells []map[string]any
		want  string
	}{
		"the largest": {[]map[string]any{picture("YQ=="), picture("YWJj"), picture("YmI=")}, "abc"},
		"the tagged":  {[]map[string]any{picture("YQ=="), picture("YmI=", "thumbnail"), picture("YWJj")}, "bb"},
		"none":        {[]map[string]any{code("x")}, ""},
	} {
		if got := string(parse(t, text(c.cells...)).Cover().Picture); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
