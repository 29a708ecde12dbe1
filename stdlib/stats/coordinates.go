package stats

import (
	"fmt"

	"scorebook/stdlib/trajectory"
)

// physical returns coordinate i of t in its physical unit.
func physical(t *trajectory.Trajectory, i int) []float64 {
	x := t.Coordinate(nil, i)
	if t.Scale != nil {
		one := trajectory.Scale{Mean: t.Scale.Mean[i : i+1], Std: t.Scale.Std[i : i+1]}
		one.PhysicalTo(x, x)
	}
	return x
}

func checkDims(a, b *trajectory.Trajectory) error {
	if a == nil || b == nil {
		return trajectory.ErrNil
	}
	if a.Dim != b.Dim {
		return fmt.Errorf("stats: a trajectory of %d coordinates beside one of %d", a.Dim, b.Dim)
	}
	return nil
}

func physicalPair(a, b *trajectory.Trajectory, i int) (x, y []float64, err error) {
	if err := checkDims(a, b); err != nil {
		return nil, nil, err
	}
	return physical(a, i), physical(b, i), nil
}
