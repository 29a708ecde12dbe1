package trajectory

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// expected is what Python reads from the files of testdata/make.py: rows of columns, null where a value is missing.
func expected(t *testing.T, key string, to any) {
	t.Helper()
	raw, err := os.ReadFile("testdata/values.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(raw, &all); err == nil {
		err = json.Unmarshal(all[key], to)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestStation reads what netCDF4 wrote, as NetCDF-3 and as NetCDF-4: packed numbers, three kinds of missing values, and much that
// is not the series.
func TestStation(t *testing.T) {
	for _, name := range []string{"station.nc", "station4.nc"} {
		var want map[string][][]*float64
		expected(t, name, &want)
		tr, report, err := Load(t.Context(), filepath.Join("testdata", name), CSV{Columns: []string{"u", "pressure"}, Missing: InterpolateMissing})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if tr.Len() != 30 || tr.Dt != 6 || !slices.Equal(tr.Names, []string{"u[0]", "u[1]", "u[2]", "pressure"}) ||
			report != (Report{Rows: 30, Missing: 3, Filled: 3, TimeUnits: "hours since 2001-01-01 00:00:00"}) {
			t.Errorf("%s: %v, Δt = %g, %v, %+v", name, tr.Len(), tr.Dt, tr.Names, report)
		}
		if !strings.Contains(report.String(), `the time in "hours since 2001`) {
			t.Errorf("report %q", report)
		}
		for k := range tr.Len() {
			row := slices.Concat(want["u"][k], want["pressure"][k])
			for i, v := range row {
				if v != nil && tr.At(k)[i] != *v {
					t.Errorf("%s: row %d is %v, %s should be %g", name, k+1, tr.At(k), tr.Name(i), *v)
				}
			}
		}
		all, report, err := Load(t.Context(), filepath.Join("testdata", name), CSV{Missing: SplitMissing})
		if err != nil || report.Missing != 4 || report.Dropped != 4 || !slices.Equal(all.Lens, []int{7, 12, 7}) {
			t.Errorf("%s: %+v, %v", name, report, err)
		} else if slices.Sort(all.Names); !slices.Equal(all.Names, []string{"late", "pressure", "u[0]", "u[1]", "u[2]"}) {
			t.Errorf("%s: columns %v", name, all.Names)
		}
		if _, _, err = Load(t.Context(), filepath.Join("testdata", name), CSV{}); err == nil || !strings.Contains(err.Error(), "4 missing values, the first in row 8") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// TestOrientations: one series as Python, Julia and MATLAB write it.
func TestOrientations(t *testing.T) {
	var want [][]float64
	expected(t, "x", &want)
	for name, o := range map[string]CSV{
		"runs.h5": {Columns: []string{"x"}}, "transposed.h5": {Dt: 0.02, TimeLast: true}, "step.h5": {}, "matlab73.mat": {Columns: []string{"x"}},
	} {
		tr, _, err := Load(t.Context(), filepath.Join("testdata", name), o)
		if err != nil || tr.Dim != 3 || math.Abs(tr.Dt-0.02) > 1e-15 || !slices.Equal(tr.X, slices.Concat(want...)) {
			t.Errorf("%s: %v, %v", name, tr, err)
		}
	}
	tr, _, err := Load(t.Context(), "testdata/runs.h5", CSV{Columns: []string{"x[2]", "run/y", "x[0]"}})
	if err != nil {
		t.Fatal(err)
	}
	for k, row := range want {
		if !slices.Equal(tr.At(k), []float64{row[2], float64(float32(row[0])), row[0]}) {
			t.Errorf("row %d is %v", k, tr.At(k))
		}
	}
}

func TestArraysRefused(t *testing.T) {
	for _, c := range []struct {
		file, says string
		o          CSV
	}{
		{"runs.h5", "words cannot be read: it holds text of variable length", CSV{}},
		{"runs.h5", "table cannot be read: it holds compound data, not plain numbers; convert it, for instance with python -c", CSV{Columns: []string{"table"}}},
		{"runs.h5", "x=f['table']['a field'][()]", CSV{Columns: []string{"table"}}},
		{"runs.h5", `no variable "z", or several in groups; the file holds run/y(30) float32, short(5) float64, t(30) float64, table(2) compound data, words(30) text of variable length`, CSV{Columns: []string{"z"}}},
		{"runs.h5", "short(5) float64 has no first axis of the 30 samples", CSV{Columns: []string{"short"}}},
		{"runs.h5", "x(30, 3) float64 has the columns 0 to 2, not 3", CSV{Columns: []string{"x[3]"}}},
		{"runs.h5", `no variable "clock" for the time`, CSV{Time: "clock"}},
		{"runs.h5", "is no vector", CSV{Time: "x"}},
		{"runs.h5", "have no axis in common", CSV{Dt: 1}},
		{"transposed.h5", "set Time to the variable", CSV{}},
		{"transposed.h5", "3 samples of 30 coordinates; if the samples run along the last axis set TimeLast", CSV{Dt: 1}},
		{"matlab73.mat", "note cannot be read: it holds text", CSV{Columns: []string{"note"}}},
		{"station.nc", `no variable "v"`, CSV{Columns: []string{"v"}}},
		{"station4.nc", "latitude() float64 has no first axis", CSV{Columns: []string{"latitude"}}},
	} {
		_, _, err := Load(t.Context(), filepath.Join("testdata", c.file), c.o)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want one about %q", c.file, err, c.says)
		}
	}
}

// TestFormatIsFoundByContent: a wrong ending misleads only where the content says nothing.
func TestFormatIsFoundByContent(t *testing.T) {
	dir := t.TempDir()
	for name, o := range map[string]CSV{
		"step.h5": {}, "station.nc": {Columns: []string{"u[0]"}}, "matlab73.mat": {Columns: []string{"x"}},
		"pyarrow.parquet": {Columns: []string{"n"}},
	} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, name+".dat")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := Load(t.Context(), path, o); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for text, says := range map[string]string{
		"ARROW1": "write Parquet", "MATLAB 5.0 MAT-file": "-v7.3", "?": "HDF5 and NetCDF files are", "\x89HDF\r\n\x1a\n": "HDF5: superblock",
		"CDF\x01": "NetCDF: ",
	} {
		path := filepath.Join(dir, "odd.dat")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := Load(t.Context(), path, CSV{}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: error %v, want one about %q", text, err, says)
		}
	}
}

func TestLoadStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, name := range []string{"step.h5", "station.nc", "pyarrow.parquet"} {
		if _, _, err := Load(ctx, filepath.Join("testdata", name), CSV{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestPacking(t *testing.T) {
	v := variable{bytes: 1, numbers: map[string][]float64{"_FillValue": {-1}, "scale_factor": {0.5}, "add_offset": {1}, "valid_max": {253}},
		texts: map[string]string{"_Unsigned": "true"}, fill: []float64{7}}
	p := v.packing()
	for x, want := range map[float64]float64{-1: math.NaN(), -2: math.NaN(), -3: 127.5, 7: 4.5, 0: 1} {
		if got := p.value(x); got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
			t.Errorf("%g stands for %g, want %g", x, got, want)
		}
	}
	single := variable{bytes: 4, float: true, numbers: map[string][]float64{"missing_value": {-999.9}}}
	if p := single.packing(); !math.IsNaN(p.value(float64(float32(-999.9)))) || math.Signbit(p.value(0)) || !math.Signbit(p.value(math.Copysign(0, -1))) {
		t.Error("a missing value of 64 bits is not found among those of 32, or zeros lose their sign")
	}
}

func fuzzArrays(f *testing.F, files []string, read func(raw []byte, o CSV) error) {
	for _, name := range files {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, o := range []CSV{{Missing: SplitMissing}, {Dt: 1, TimeLast: true, Columns: []string{"x"}, Missing: InterpolateMissing}} {
			if err := read(raw, o); err != nil && !strings.HasPrefix(err.Error(), "trajectory: ") {
				t.Errorf("error %v", err)
			}
		}
	})
}

func FuzzHDF(f *testing.F) {
	fuzzArrays(f, []string{"runs.h5", "transposed.h5", "step.h5", "matlab73.mat"}, func(raw []byte, o CSV) error {
		_, _, err := ReadHDF5(bytes.NewReader(raw), int64(len(raw)), o)
		return err
	})
}

func FuzzNetCDF(f *testing.F) {
	fuzzArrays(f, []string{"station.nc"}, func(raw []byte, o CSV) error {
		_, _, err := ReadNetCDF(bytes.NewReader(raw), int64(len(raw)), o)
		return err
	})
}
