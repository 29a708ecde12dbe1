package trajectory

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"scorebook/internal/rng"
)

func TestCSV(t *testing.T) {
	cases := []struct {
		name, text string
		o          CSV
		x          []float64
		lens       []int
		dt         float64
		names      []string
		report     Report
	}{
		{"time column", "time,a,b\n0,1,2\n0.5,3,4\n1,5,6\n", CSV{}, []float64{1, 2, 3, 4, 5, 6}, nil, 0.5, []string{"a", "b"}, Report{Rows: 3}},
		{"no header", "1,2\n3,4\n", CSV{Dt: 2}, []float64{1, 2, 3, 4}, nil, 2, nil, Report{Rows: 2}},
		{"chosen columns", "t;a;b\n# note\n0;1;2\n3;4;5\n", CSV{Columns: []string{"b"}, Comma: ';'}, []float64{2, 5}, nil, 3, []string{"b"}, Report{Rows: 2}},
		{"numbered", "0 1\n9 4\n", CSV{Columns: []string{"2"}, Time: "1", Comma: ' '}, []float64{1, 4}, nil, 9, nil, Report{Rows: 2}},
		{"text beside", "name,a\nx,1\ny,2\n", CSV{Columns: []string{"a"}, Dt: 1}, []float64{1, 2}, nil, 1, []string{"a"}, Report{Rows: 2}},
		{"byte order mark", "\xef\xbb\xbf\"a\"\n1\n2\n", CSV{Dt: 1}, []float64{1, 2}, nil, 1, []string{"a"}, Report{Rows: 2}},
		{"split", "a,b\n1,2\n,3\nNaN,4\n5,6\n7,8\n", CSV{Dt: 1, Missing: SplitMissing}, []float64{1, 2, 5, 6, 7, 8}, []int{1, 2}, 1, []string{"a", "b"},
			Report{Rows: 5, Missing: 2, Dropped: 2}},
		{"interpolate", "a,b\n1,2\n,3\nNA,4\n4,6\n", CSV{Dt: 1, Missing: InterpolateMissing}, []float64{1, 2, 2, 3, 3, 4, 4, 6}, nil, 1, []string{"a", "b"},
			Report{Rows: 4, Missing: 2, Filled: 2}},
	}
	for _, c := range cases {
		got, report, err := ReadCSV(strings.NewReader(c.text), c.o)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		want := &Trajectory{Dim: got.Dim, Dt: c.dt, X: c.x, Lens: c.lens, Names: c.names}
		for i, v := range got.X {
			if math.Abs(v-c.x[i]) < 1e-15 { // interpolated values are rounded
				got.X[i] = c.x[i]
			}
		}
		if !reflect.DeepEqual(got, want) || report != c.report {
			t.Errorf("%s: %+v, %+v; want %+v, %+v", c.name, *got, report, *want, c.report)
		}
	}
}

func TestCSVRefuses(t *testing.T) {
	for _, c := range []struct {
		text, says string
		o          CSV
	}{
		{"", "no rows", CSV{Dt: 1}},
		{"a,b\n1,2\n", "set Time", CSV{}},
		{"a,b\n1,2\n", "among a, b", CSV{Dt: 1, Columns: []string{"c"}}},
		{"1,2\n", "give numbers from 1 to 2", CSV{Dt: 1, Columns: []string{"a"}}},
		{"a,b\n1,x\n", `row 1 has "x" in b`, CSV{Dt: 1}},
		{"a\n1e999\n", "no finite number", CSV{Dt: 1}},
		{"a,b\n1,2\n3\n", "wrong number of fields", CSV{Dt: 1}},
		{"1,x\n2,y\n", "is it a header?", CSV{Dt: 1}},
		{"t,a\n0,1\n1,2\n5,3\n6,4\n", "irregular sampling: rows 1 and 2", CSV{}},
		{"t,a\n0,1\n,2\n2,3\n", "irregular sampling", CSV{}},
		{"t,a\n3,1\n2,2\n", "must grow", CSV{}},
		{"t,a\n3,1\n", "two are needed", CSV{}},
		{"a,b\n1,2\n,3\n", "1 missing values, the first in row 2, a", CSV{Dt: 1}},
		{"a,b\n,2\n,3\n", "every row", CSV{Dt: 1, Missing: SplitMissing}},
		{"a\nNaN\n3\n", "begins with 1 missing", CSV{Dt: 1, Missing: InterpolateMissing}},
		{"a\n3\nNaN\n", "ends with 1 missing", CSV{Dt: 1, Missing: InterpolateMissing}},
	} {
		_, _, err := ReadCSV(strings.NewReader(c.text), c.o)
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), "trajectory: CSV: ") {
			t.Errorf("%q: error %v, want one about %q", c.text, err, c.says)
		}
	}
}

// TestNumpyFiles reads what numpy 2.4 wrote: np.save of arange(6).reshape(2, 3) as big-endian int16 in Fortran order, and
// of [1.5, -2] as float32.
func TestNumpyFiles(t *testing.T) {
	for _, c := range []struct {
		header, data string
		want         Array
	}{
		{"{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }", "\x00\x00\x00\x03\x00\x01\x00\x04\x00\x02\x00\x05",
			Array{Shape: []int{2, 3}, Values: []float64{0, 1, 2, 3, 4, 5}}},
		{"{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "\x00\x00\xc0\x3f\x00\x00\x00\xc0",
			Array{Shape: []int{2}, Values: []float64{1.5, -2}}},
	} {
		file := npyMagic + "\x01\x00" + string([]byte{byte(len(c.header)), 0}) + c.header + c.data
		got, err := ReadNPY(strings.NewReader(file))
		if err != nil || !reflect.DeepEqual(*got, c.want) {
			t.Errorf("%s: %+v, %v", c.header, got, err)
		}
		if _, err := ReadNPY(strings.NewReader(file[:len(file)-1])); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("error %v for a file cut short", err)
		}
	}
	for _, bad := range []string{"", "no numpy", npyMagic + "\x01\x00\x05\x00{'a'}",
		npyMagic + "\x01\x00\x40\x00" + "{'descr': '<c8', 'fortran_order': False, 'shape': (2,), }       "} {
		if _, err := ReadNPY(strings.NewReader(bad)); err == nil || !strings.HasPrefix(err.Error(), "trajectory: NPY: ") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}

// TestNPYHeader: the fixed part, lengths and alignment of the format (NEP 1).
func TestNPYHeader(t *testing.T) {
	var b bytes.Buffer
	if err := WriteNPY(&b, []int{3}, []float64{1, 2, 3}); err != nil {
		t.Fatal(err)
	}
	n := int(binary.LittleEndian.Uint16(b.Bytes()[8:]))
	if header := string(b.Bytes()[10 : 10+n]); (10+n)%64 != 0 || !strings.HasPrefix(header, "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }") ||
		header[n-1] != '\n' || b.Len() != 10+n+24 {
		t.Errorf("header %q of %d bytes", header, n)
	}
}

func saved(t *testing.T) *Trajectory {
	t.Helper()
	x := make([]float64, 2*50)
	r := rng.New(1, "test")
	r.Normals(x)
	tr, err := NewRuns(2, 0.1, x, []int{20, 30})
	if err != nil {
		t.Fatal(err)
	}
	tr.Names, tr.Resets = []string{"θ, in rad", "ω"}, 3
	n, err := tr.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSaveAndLoad(t *testing.T) {
	tr := saved(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "series.npz")
	if err := tr.Save(path); err != nil {
		t.Fatal(err)
	}
	got, report, err := Load(t.Context(), path, CSV{})
	if err != nil || !reflect.DeepEqual(got, tr) || report.Rows != 50 {
		t.Errorf("%+v, %v, %v", got, report, err)
	}

	one := &Trajectory{Dim: 2, Dt: 0.1, X: tr.X, Names: tr.Names}
	for _, name := range []string{"series.csv", "series.npy", "series.parquet"} {
		path := filepath.Join(dir, name)
		if err := one.Save(path); err != nil {
			t.Fatal(err)
		}
		o := CSV{}
		if name == "series.npy" {
			o.Dt = 0.1
		}
		got, _, err := Load(t.Context(), path, o)
		if err != nil || !slices.Equal(got.X, one.X) || math.Abs(got.Dt-0.1) > 1e-15 || got.Dim != 2 ||
			name != "series.npy" && !slices.Equal(got.Names, one.Names) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if files, _ := os.ReadDir(dir); len(files) != 4 {
		t.Errorf("%d files in the folder, want 4", len(files))
	}
	for path, says := range map[string]string{
		filepath.Join(dir, "series.csv"): "save it as .npz", filepath.Join(dir, "series.h5"): "are not written",
		filepath.Join(dir, "series.parquet"):   "a .parquet file holds one run",
		filepath.Join(dir, "no", "series.npz"): "no such file",
	} {
		if err := tr.Save(path); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one about %q", err, says)
		}
	}
	if _, _, err := Load(t.Context(), filepath.Join(dir, "series.npy"), CSV{}); err == nil || !strings.Contains(err.Error(), "set Dt") {
		t.Errorf("error %v, want one that asks for Dt", err)
	}
}

func TestArraysOfRuns(t *testing.T) {
	a := Array{Shape: []int{2, 3, 1}, Values: []float64{1, 2, 3, 4, 5, 6}}
	tr, _, err := a.trajectory(1, RefuseMissing)
	if err != nil || !slices.Equal(tr.Lens, []int{3, 3}) || tr.Dim != 1 {
		t.Errorf("%+v, %v", tr, err)
	}
	a.Shape = []int{1, 1, 6, 1}
	if _, _, err := a.trajectory(1, RefuseMissing); err == nil || !strings.Contains(err.Error(), "shape [1 1 6 1]") {
		t.Errorf("error %v", err)
	}
}

// TestAFailedWriteLeavesTheOldFile: neither a torn file nor a temporary one stays.
func TestAFailedWriteLeavesTheOldFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "series")
	if err := WriteFile(path, func(w io.Writer) error { _, err := io.WriteString(w, "old"); return err }); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := WriteFile(path, func(w io.Writer) error { _, _ = io.WriteString(w, "new"); return broken })
	text, _ := os.ReadFile(path)
	if files, _ := os.ReadDir(dir); !errors.Is(err, broken) || string(text) != "old" || len(files) != 1 {
		t.Errorf("error %v, file %q, %d files", err, text, len(files))
	}
}

// FuzzNumpy gives the readers of NPY and NPZ whatever there is: an error or a sound series.
func FuzzNumpy(f *testing.F) {
	tr := &Trajectory{Dim: 2, Dt: 0.1, X: []float64{1, 2, 3, 4, 5, 6}, Lens: []int{1, 2}}
	var npy, npz bytes.Buffer
	if err := errors.Join(WriteNPY(&npy, []int{3, 2}, tr.X), tr.writeNPZ(&npz)); err != nil {
		f.Fatal(err)
	}
	f.Add(npy.Bytes())
	f.Add(npz.Bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		if a, err := ReadNPY(bytes.NewReader(raw)); err == nil {
			_, _, _ = a.trajectory(1, SplitMissing)
		}
		if tr, _, err := loadNPZ(bytes.NewReader(raw), int64(len(raw)), CSV{Dt: 1}); err == nil && tr.Validate() != nil {
			t.Error(tr.Validate())
		}
	})
}
