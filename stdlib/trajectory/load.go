package trajectory

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Load reads a series from a file, by its ending: .csv, .tsv and .txt by ReadCSV with o (tabs for .tsv); .npy, an array of
// samples × coordinates or runs × samples × coordinates, spaced o.Dt apart; .npz as Save writes it, or with an array
// named x and one named t or dt (else o.Dt); .parquet by ReadParquet with o. Missing values in any of them follow o.Missing.
func Load(path string, o CSV) (*Trajectory, Report, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, Report{}, fmt.Errorf("trajectory: %w", err)
	}
	defer file.Close()
	switch ending := strings.ToLower(filepath.Ext(path)); ending {
	case ".csv", ".txt":
		return ReadCSV(file, o)
	case ".tsv":
		o.Comma = '\t'
		return ReadCSV(file, o)
	case ".npy":
		a, err := ReadNPY(file)
		if err != nil {
			return nil, Report{}, err
		}
		return a.trajectory(o.Dt, o.Missing)
	case ".npz":
		return loadNPZ(file, o)
	case ".parquet":
		info, err := file.Stat()
		if err != nil {
			return nil, Report{}, fmt.Errorf("trajectory: %w", err)
		}
		return ReadParquet(file, info.Size(), o)
	default:
		return nil, Report{}, fmt.Errorf("trajectory: %s files are not read; .csv, .tsv, .txt, .npy, .npz and .parquet are", ending)
	}
}

// trajectory takes an array as a series with this spacing.
func (a *Array) trajectory(dt float64, policy Missing) (*Trajectory, Report, error) {
	if !(dt > 0) {
		return nil, Report{}, errors.New("trajectory: the file does not say the time between samples; set Dt")
	}
	t := &Trajectory{Dim: 1, Dt: dt, X: a.Values}
	switch shape := a.Shape; len(shape) {
	case 1:
	case 2:
		t.Dim = shape[1]
	case 3:
		t.Dim = shape[2]
		t.Lens = slices.Repeat([]int{shape[1]}, shape[0])
	default:
		return nil, Report{}, fmt.Errorf("trajectory: an array of shape %v; it must be samples × coordinates, or runs × samples × coordinates", shape)
	}
	if t.Dim == 0 || len(t.X) == 0 {
		return nil, Report{}, fmt.Errorf("trajectory: an array of shape %v has no values", a.Shape)
	}
	report := Report{Rows: t.Len()}
	if t.Lens != nil && policy == Split {
		if slices.ContainsFunc(t.X, func(v float64) bool { return v != v }) {
			return nil, report, errors.New("trajectory: missing values in an array of several runs cannot be split; save the runs apart")
		}
	}
	if err := t.repair(policy, &report); err != nil {
		return nil, report, fmt.Errorf("trajectory: %w", err)
	}
	return t, report, t.Validate()
}
