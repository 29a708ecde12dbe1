package display

import "html"

// HTML, Markdown, Latex and SVG are texts to be shown as what they are named after.
type (
	HTML     string
	Markdown string
	Latex    string
	SVG      string
)

// MIMEBundle shows the text as HTML.
func (h HTML) MIMEBundle() (data, metadata map[string]any) { return media(TextHTML, string(h)) }

// MIMEBundle shows the text as Markdown.
func (m Markdown) MIMEBundle() (data, metadata map[string]any) {
	return media("text/markdown", string(m))
}

// MIMEBundle shows the text as LaTeX; it needs its own dollar signs.
func (l Latex) MIMEBundle() (data, metadata map[string]any) { return media("text/latex", string(l)) }

// MIMEBundle shows the text as a picture.
func (s SVG) MIMEBundle() (data, metadata map[string]any) { return media(ImageSVG, string(s)) }

func media(mime, text string) (data, metadata map[string]any) {
	b := rich(mime, text, text)
	return b.Data, b.Metadata
}

func errorBundle(err error) Bundle { return errorText(err.Error()) }

func errorText(text string) Bundle {
	return rich(TextHTML, `<pre style="color:var(--jp-error-color1,#d32f2f);white-space:pre-wrap">`+
		html.EscapeString(text)+`</pre>`, text)
}
