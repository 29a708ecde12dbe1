package trajectory

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// facts is what an .npz of Save keeps besides x, dt and lens, as JSON in the archive's comment.
type facts struct {
	Names  []string
	Scale  *Scale
	Resets int
}

func loadNPZ(r io.ReaderAt, size int64, o CSV) (*Trajectory, Report, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, Report{}, fmt.Errorf("trajectory: NPZ: %w", err)
	}
	arrays := map[string]*Array{}
	for _, name := range []string{"x", "dt", "t", "lens"} {
		if arrays[name], err = member(archive, name); err != nil {
			return nil, Report{}, err
		}
	}
	if arrays["x"] == nil {
		return nil, Report{}, errors.New("trajectory: NPZ: no array named x; save it with np.savez(file, x=x, dt=dt)")
	}
	if dt := arrays["dt"]; dt != nil && len(dt.Values) == 1 {
		o.Dt = dt.Values[0]
	} else if times := arrays["t"]; times != nil {
		if o.Dt, err = Spacing(times.Values); err != nil {
			return nil, Report{}, fmt.Errorf("trajectory: NPZ: %w", err)
		}
	}
	t, report, err := arrays["x"].trajectory(o.Dt, o.Missing)
	if err != nil {
		return nil, report, err
	}
	return t, report, t.complete(arrays["lens"], archive.Comment)
}

// member reads an array of an archive, or nothing.
func member(archive *zip.Reader, name string) (*Array, error) {
	f, err := archive.Open(name + ".npy")
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("trajectory: NPZ: %w", err)
	}
	defer f.Close()
	return ReadNPY(f)
}

// complete adds the lengths and facts of a file to the series.
func (t *Trajectory) complete(lens *Array, comment string) error {
	if lens != nil {
		t.Lens = make([]int, len(lens.Values))
		for i, n := range lens.Values {
			t.Lens[i] = int(n)
		}
	}
	if comment != "" {
		var f facts
		if err := json.Unmarshal([]byte(comment), &f); err != nil {
			return fmt.Errorf("trajectory: NPZ: its comment is not one of Save's: %w", err)
		}
		t.Names, t.Scale, t.Resets = f.Names, f.Scale, f.Resets
	}
	if t.Scale != nil && (len(t.Scale.Mean) != t.Dim || len(t.Scale.Std) != t.Dim) {
		return fmt.Errorf("trajectory: NPZ: a scale of %d coordinates for %d", len(t.Scale.Mean), t.Dim)
	}
	return t.Validate()
}

func (t *Trajectory) writeNPZ(w io.Writer) error {
	archive := zip.NewWriter(w)
	add := func(name string, shape []int, values []float64) error {
		f, err := archive.CreateHeader(&zip.FileHeader{Name: name + ".npy", Method: zip.Store})
		if err != nil {
			return err
		}
		return WriteNPY(f, shape, values)
	}
	if err := add("x", []int{t.Len(), t.Dim}, t.X); err != nil {
		return err
	}
	if err := add("dt", nil, []float64{t.Dt}); err != nil {
		return err
	}
	if t.Lens != nil {
		lens := make([]float64, len(t.Lens))
		for i, n := range t.Lens {
			lens[i] = float64(n)
		}
		if err := add("lens", []int{len(lens)}, lens); err != nil {
			return err
		}
	}
	comment, err := json.Marshal(facts{t.Names, t.Scale, t.Resets})
	if err != nil {
		return err
	}
	if err := archive.SetComment(string(comment)); err != nil {
		return fmt.Errorf("the names and scale of %d coordinates are too long: %w", t.Dim, err)
	}
	return archive.Close()
}
