package prelude

import (
	"fmt"
	"strings"

	"scorebook/kernel/display"
	"scorebook/plotting"
	"scorebook/stdlib/stats"
)

// Comparison is a model beside its data, as one figure with the distances between them.
type Comparison struct {
	*Figure
	KL       []float64 // relative entropy of each marginal, in nats
	ACFError []float64 // largest difference of each autocorrelation
	JointTV  float64   // total variation of the first two coordinates' joint density; 0 for one coordinate

	names []string
}

// Compare shows a model beside the data it was learned from: trajectories, densities, autocorrelations and joint
// densities in one panel, with the distances between them.
func (v *Vocabulary) Compare(data, model *Trajectory, options ...FigureOptions) *Comparison {
	o := only(options)
	ctx := v.context()
	c := &Comparison{
		Figure: must(plotting.Compare(ctx, data, model, o)),
		KL:     must(stats.KL(ctx, data, model)),
	}
	correlation := must(stats.ACF(ctx, data, o.Lags))
	horizon := float64(len(correlation.Rho[0])-1) * correlation.Dt
	c.ACFError = must(correlation.MaxError(must(stats.ACF(ctx, model, horizon))))
	if data.Dim > 1 {
		c.JointTV = must(stats.JointTV(ctx, data, model, 0, 1))
	}
	for i := range data.Dim {
		c.names = append(c.names, data.Name(i))
	}
	return c
}

// String lists the distances.
func (c *Comparison) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s %10s %10s", "", "KL", "ACF error")
	for i, name := range c.names {
		fmt.Fprintf(&b, "\n%-12s %10.5f %10.4f", name, c.KL[i], c.ACFError[i])
	}
	if len(c.names) > 1 {
		fmt.Fprintf(&b, "\ntotal variation of (%s, %s): %.4f", c.names[0], c.names[1], c.JointTV)
	}
	return b.String()
}

// MIMEBundle shows the figure, with the distances as its text.
func (c *Comparison) MIMEBundle() (data, metadata map[string]any) {
	b := captioned(c.Figure, c.String())
	return b.Data, b.Metadata
}

// captioned is a figure with a text for readers who see no pictures.
func captioned(f *Figure, text string) display.Bundle {
	b := (&display.Renderer{}).Render(f)
	b.Data[display.TextPlain] = text
	return b
}
