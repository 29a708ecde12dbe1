package trajectory

import (
	"fmt"
	"io"

	"scorebook/internal/netcdf"
)

// ReadNetCDF reads a series from a file of a NetCDF classic format (CDF-1, CDF-2, CDF-5) of size bytes, with the choices of o
// as ReadHDF5 has them. Files of NetCDF-4 are HDF5 files, and ReadHDF5 reads them.
//
// Numbers are unpacked by scale_factor and add_offset. Missing are those equal to _FillValue (without one, to the value that
// the library puts where nothing was written) or missing_value, and those outside valid_range.
func ReadNetCDF(r io.ReaderAt, size int64, o CSV) (*Trajectory, Report, error) {
	file, err := netcdf.Open(r, size)
	if err != nil {
		return nil, Report{}, fmt.Errorf("trajectory: NetCDF: %w", err)
	}
	var c contents
	for _, v := range file.Variables {
		c = append(c, &variable{
			name: v.Name, listed: v.String(), dims: v.Dims, shape: v.Shape, numbers: v.Numbers, texts: v.Texts,
			fill: []float64{v.Type.Fill()}, bytes: v.Type.Size(), float: v.Type == netcdf.Float32 || v.Type == netcdf.Float64,
			err: v.Err(), each: v.Each,
		})
	}
	t, report, err := c.series(o)
	if err != nil {
		return nil, report, fmt.Errorf("trajectory: NetCDF: %w", err)
	}
	return t, report, nil
}
