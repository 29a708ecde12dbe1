package prelude

import (
	"html"
	"strings"

	"scorebook/plotting"
)

// viewScore shows how the cell means settled, how the network was trained, how well it joins the cells, and the score.
func viewScore(m *KGMMModel) any {
	f, err := plotting.ScoreFit(m, plotting.Options{})
	return figureOrText(f, err, m.String())
}

// viewDenoiser shows how the network was trained, and the score.
func viewDenoiser(m *DSMModel) any {
	f, err := plotting.DenoiserFit(m, plotting.Options{})
	return figureOrText(f, err, m.String())
}

// viewChoice shows the trials' losses against σ and N_C.
func viewChoice(c *KGMMChoice) any {
	f, err := plotting.ScoreChoice(c, plotting.Options{})
	return figureOrText(f, err, c.String())
}

func figureOrText(f *Figure, err error, text string) any {
	if err != nil {
		return text
	}
	return captioned(f, text)
}

// warnings show below the cell whose fit they are about, also when its value is not shown.
type warnings []string

// String is a line for each.
func (w warnings) String() string { return "warning: " + strings.Join(w, "\nwarning: ") }

// HTML is a paragraph for each.
func (w warnings) HTML() string {
	var b strings.Builder
	for _, text := range w {
		b.WriteString("<p><b>Warning:</b> " + html.EscapeString(text) + "</p>")
	}
	return b.String()
}

func (v *Vocabulary) warn(texts []string) {
	if len(texts) > 0 {
		v.show(warnings(texts))
	}
}
