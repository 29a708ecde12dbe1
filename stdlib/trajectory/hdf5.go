package trajectory

import (
	"fmt"
	"io"
	"strings"

	"scorebook/internal/hdf5"
)

// ReadHDF5 reads a series from an HDF5 file of size bytes: of h5py, MATLAB (-v7.3), Julia or NetCDF-4.
//
// Columns are names of datasets, in groups as "run/x". One of samples × k becomes k coordinates x[0], x[1], …, each of
// which can be named as well; of more axes the last runs fastest. nil means all datasets along the axis of the time, except
// places along an axis. The time is the dataset o.Time, else one named time or t, else a coordinate variable in units
// since some date; or a scalar named dt, or o.Dt. Samples run along the first axis, or the last of two when that has the
// time's length; MATLAB's files are read in MATLAB's order. A name that is not there is an error that lists what is.
// See ReadNetCDF for packed and missing values; values that were never written are missing too.
//
// Read are numbers, stored compact, contiguous or in chunks, with gzip, shuffle, fletcher32 and lzf.
func ReadHDF5(r io.ReaderAt, size int64, o CSV) (*Trajectory, Report, error) {
	file, err := hdf5.Open(r, size)
	if err != nil {
		return nil, Report{}, fmt.Errorf("trajectory: HDF5: %w", err)
	}
	var c contents
	for _, d := range file.Datasets {
		if !d.Bare() {
			c = append(c, variableOf(d))
		}
	}
	t, report, err := c.series(o)
	if err != nil {
		return nil, report, fmt.Errorf("trajectory: HDF5: %w", err)
	}
	return t, report, nil
}

func variableOf(d *hdf5.Dataset) *variable {
	v := &variable{
		name: d.Name, listed: d.String(), dims: d.Dims, shape: d.Shape, numbers: d.Numbers, texts: d.Texts,
		bytes: d.Type.Size, float: d.Type.Float, each: d.Each,
	}
	if d.Fill != nil {
		v.fill = []float64{*d.Fill}
	}
	_, v.columnMajor = d.Texts["MATLAB_class"]
	if err := d.Err(); err != nil {
		v.err = fmt.Errorf("%w%s", err, conversion(d))
	}
	return v
}

// conversion says how a dataset that is not read becomes one that is; nothing for text, which is no coordinate.
func conversion(d *hdf5.Dataset) string {
	values := "[()].astype(float)"
	switch kind := d.Type.String(); {
	case strings.HasPrefix(kind, "text") || d.Texts["MATLAB_class"] == "char":
		return ""
	case kind == "compound data":
		values = "['a field'][()]"
	case kind == "data of variable length":
		values = "[0]"
	}
	return fmt.Sprintf(`; convert it, for instance with python -c "import h5py, numpy; f = h5py.File('file.h5'); `+
		`numpy.savez('file.npz', x=f['%s']%s, dt=1.0)"`, d.Name, values)
}
