package prelude

import "scorebook/stdlib/sde"

// Record is Simulate for long runs: the samples go to the file at path as they come, and a run that was interrupted goes on
// behind what the file holds, to the same bits. It returns the whole series.
func (v *Vocabulary) Record(path string, s SDE, r Run) *Trajectory {
	return watched(v, func(report func(string, int, int)) (*Trajectory, error) {
		r.Progress = report
		if err := sde.Record(v.context(), path, compiled(s, r), r); err != nil {
			return nil, err
		}
		return sde.ReadRecording(path)
	})
}
