package prelude

import "scorebook/stdlib/trajectory"

// Load reads a series of your own from a file: CSV or other text, NPY, NPZ, Parquet, HDF5 (also MATLAB's -v7.3 and NetCDF-4)
// or NetCDF. The options name the columns or datasets, the time or Dt, and what is done about missing values, which are
// refused without a word. What was left out or filled in is shown, and the units of the time.
func (v *Vocabulary) Load(path string, options ...LoadOptions) *Trajectory {
	t, report, err := trajectory.Load(v.context(), path, only(options))
	series := must(t, err)
	if report.Missing > 0 || report.TimeUnits != "" {
		v.show(report)
	}
	return series
}

// Save writes a series, a figure or the network of a score to a file, by its ending. Series: .npz keeps everything, with the
// same bits; .npy the values alone; .csv a time column and the values of a single run. Figures: .pdf, .svg, .png.
func (v *Vocabulary) Save(what Saver, path string) { must(what, what.Save(path)) }
