package plotting

import (
	"errors"
	"fmt"
)

// LossOptions may be left zero.
type LossOptions struct {
	Style
	Validation []float64 // loss on data held back, one value per epoch
}

// Loss shows the loss of each epoch of a training; the scale is logarithmic when all losses are positive.
func Loss(loss []float64, o LossOptions) (*Figure, error) {
	if len(loss) == 0 {
		return nil, errors.New("plotting: no epochs to show")
	}
	all := spanOf(loss).union(spanOf(o.Validation))
	if all.lo > all.hi {
		return nil, fmt.Errorf("plotting: none of %d losses is finite; training has diverged, try a smaller learning rate", len(loss))
	}
	p := &Panel{X: Axis{Label: "epoch"}, Y: Axis{Label: "loss", Log: all.lo > 0}}
	name := ""
	if o.Validation != nil {
		name = "training"
	}
	p.Line(name, Model, epochs(len(loss)), loss)
	if o.Validation != nil {
		p.Line("validation", Truth, epochs(len(o.Validation)), o.Validation)
	}
	width := o.Width
	if width <= 0 {
		width = WideColumn
	}
	return New(o.Style, 1, 0.45*width, p), nil
}

func epochs(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i + 1)
	}
	return x
}
