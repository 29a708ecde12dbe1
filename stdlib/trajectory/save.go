package trajectory

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Save writes the series to a file, by its ending: .npz keeps everything, with the same bits; .npy the values alone, in the
// coordinates of X; .parquet a time column and the values, and .csv the same as text in as many digits as they need, both
// for a single run. The file appears whole or not at all.
func (t *Trajectory) Save(path string) error {
	if err := t.Validate(); err != nil {
		return err
	}
	var write func(io.Writer) error
	switch ending := strings.ToLower(filepath.Ext(path)); ending {
	case ".npz":
		write = t.writeNPZ
	case ".npy":
		write = func(w io.Writer) error { return WriteNPY(w, []int{t.Len(), t.Dim}, t.X) }
	case ".csv":
		write = t.writeCSV
	case ".parquet":
		write = t.writeParquet
	default:
		return fmt.Errorf("trajectory: %q files are not written; .npz, .npy, .parquet and .csv are", ending)
	}
	if ending := strings.ToLower(filepath.Ext(path)); t.RunCount() > 1 && !strings.HasPrefix(ending, ".np") {
		return fmt.Errorf("trajectory: a %s file holds one run, this series has %d; save it as .npz", ending, t.RunCount())
	}
	if err := WriteFile(path, write); err != nil {
		return fmt.Errorf("trajectory: %w", err)
	}
	return nil
}

// WriteFile writes a file that appears under its name when it is complete and on disk, and not at all after an error.
func WriteFile(path string, write func(io.Writer) error) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = file.Close()
			_ = os.Remove(file.Name())
		}
	}()
	out := bufio.NewWriterSize(file, 1<<16)
	if err := write(out); err != nil {
		return err
	}
	for _, end := range []func() error{out.Flush, file.Sync, func() error { return file.Chmod(0o644) }, file.Close} {
		if err := end(); err != nil {
			return err
		}
	}
	return os.Rename(file.Name(), path)
}

func (t *Trajectory) writeCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	row := []string{"time"}
	for i := range t.Dim {
		row = append(row, t.Name(i))
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for k := range t.Len() {
		row = append(row[:0], strconv.FormatFloat(float64(k)*t.Dt, 'g', 15, 64))
		for _, v := range t.At(k) {
			row = append(row, strconv.FormatFloat(v, 'g', -1, 64))
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
