package prelude

import (
	"fmt"
	"unicode/utf8"

	"scorebook/plotting"
)

// mostCurves is how many autocorrelations one panel shows.
const mostCurves = 6

// viewCorrelation shows autocorrelations as curves, with their times as text.
func viewCorrelation(c *Correlation) any {
	var series []plotting.Series
	longest := 0
	for _, name := range c.Names {
		longest = max(longest, utf8.RuneCountInString(name))
	}
	text := fmt.Sprintf("Autocorrelations\n  lags 0 to %.4g, %.4g apart", c.Dt*float64(len(c.Rho[0])-1), c.Dt)
	for i, t := range c.Times() {
		name := fmt.Sprintf("x%d", i+1)
		if i < len(c.Names) {
			name = c.Names[i]
		}
		text += fmt.Sprintf("\n  time of %-*s  %.4g", longest, name, t)
		role := plotting.Other
		if len(c.Rho) == 1 {
			role = plotting.Truth
		}
		if i < mostCurves {
			series = append(series, plotting.Series{Label: name, Role: role, X: c.Lags(), Y: c.Rho[i]})
		}
	}
	f, err := plotting.Curves(series, plotting.CurvesOptions{X: plotting.Axis{Label: "lag τ"}, Y: plotting.Axis{Label: "ρ(τ)"}})
	if err != nil {
		return text
	}
	return captioned(f, text)
}
