package trajectory

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"scorebook/internal/hdf5"
)

// Load reads a series from a file. The format is found from its first bytes, and for text from its ending: .csv, .tsv and
// .txt by ReadCSV with o (tabs for .tsv); .npy, an array of samples × coordinates or runs × samples × coordinates, spaced
// o.Dt apart; .npz as Save writes it, or with an array named x and one named t or dt (else o.Dt); Parquet, HDF5 (also
// MATLAB's -v7.3 and NetCDF-4) and NetCDF by ReadParquet, ReadHDF5 and ReadNetCDF with o. Missing values in any of them
// follow o.Missing. It stops with the context's error soon after ctx ends.
func Load(ctx context.Context, path string, o CSV) (*Trajectory, Report, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, Report{}, fmt.Errorf("trajectory: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, Report{}, fmt.Errorf("trajectory: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, Report{}, fmt.Errorf("trajectory: reading was stopped: %w", err)
	}
	in, size := &stoppable{ctx, file}, info.Size()
	switch form := formatOf(in, size, strings.ToLower(filepath.Ext(path))); form {
	case ".csv", ".txt":
		return ReadCSV(in, o)
	case ".tsv":
		o.Comma = '\t'
		return ReadCSV(in, o)
	case ".npy":
		a, err := ReadNPY(in)
		if err != nil {
			return nil, Report{}, err
		}
		return a.trajectory(o.Dt, o.Missing)
	case ".npz":
		return loadNPZ(in, size, o)
	case ".parquet":
		return ReadParquet(in, size, o)
	case ".h5":
		return ReadHDF5(in, size, o)
	case ".nc":
		return ReadNetCDF(in, size, o)
	case ".arrow":
		return nil, Report{}, errors.New("trajectory: Arrow files are not read; write Parquet: " +
			"pyarrow.parquet.write_table(pyarrow.feather.read_table('file.arrow'), 'file.parquet')")
	case ".mat":
		return nil, Report{}, errors.New("trajectory: MATLAB files before version 7.3 are not read; save with save('file.mat', 'x', 't', '-v7.3')")
	default:
		return nil, Report{}, fmt.Errorf("trajectory: %s files are not read; CSV, NPY, NPZ, Parquet, HDF5 and NetCDF files are "+
			"(.csv, .tsv, .txt, .npy, .npz, .parquet, .h5, .mat, .nc)", form)
	}
}

// beginnings are the first bytes of the formats that have such.
var beginnings = []struct{ bytes, form string }{
	{npyMagic, ".npy"}, {"PK\x03\x04", ".npz"}, {"PAR1", ".parquet"}, {"CDF\x01", ".nc"}, {"CDF\x02", ".nc"}, {"CDF\x05", ".nc"},
	{"ARROW1", ".arrow"}, {"MATLAB 5.0 MAT-file", ".mat"}, {hdf5.Signature, ".h5"},
}

// formatOf is the format of a file by its content, else by its ending.
func formatOf(r io.ReaderAt, size int64, ending string) string {
	start := make([]byte, 20)
	n, _ := r.ReadAt(start, 0)
	for _, b := range beginnings {
		if strings.HasPrefix(string(start[:n]), b.bytes) {
			return b.form
		}
	}
	switch ending {
	case ".csv", ".tsv", ".txt": // text has no superblock further on
		return ending
	case ".hdf5", ".hdf", ".he5", ".h5", ".mat":
		return ".h5"
	case ".nc", ".nc4", ".cdf":
		return ".nc"
	}
	if hdf5.Superblock(r, size) >= 0 {
		return ".h5"
	}
	return ending
}

// stoppable is a file that can no longer be read once the context has ended.
type stoppable struct {
	ctx  context.Context
	file *os.File
}

func (s *stoppable) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, fmt.Errorf("reading was stopped: %w", err)
	}
	return s.file.Read(b)
}

func (s *stoppable) ReadAt(b []byte, at int64) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, fmt.Errorf("reading was stopped: %w", err)
	}
	return s.file.ReadAt(b, at)
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
	if t.Lens != nil && policy == SplitMissing {
		if slices.ContainsFunc(t.X, func(v float64) bool { return v != v }) {
			return nil, report, errors.New("trajectory: missing values in an array of several runs cannot be split; save the runs apart")
		}
	}
	if err := t.repair(policy, &report); err != nil {
		return nil, report, fmt.Errorf("trajectory: %w", err)
	}
	return t, report, t.Validate()
}
