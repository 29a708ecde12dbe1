package hdf5

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fixtures are the files that testdata/make.py wrote.
var fixtures = []string{"old.h5", "v110.h5", "latest.h5", "userblock.h5", "netcdf4.nc", "small_old.h5", "small_latest.h5"}

func open(t testing.TB, name string) *File {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// values reads a dataset, with NaN for what was never written.
func values(d *Dataset) ([]float64, error) {
	if err := d.Err(); err != nil {
		return nil, err
	}
	x := make([]float64, d.Len())
	for i := range x {
		x[i] = math.NaN()
	}
	err := d.Each(func(at int, v []float64) { copy(x[at:at+len(v)], v) })
	return x, err
}

func (f *File) named(name string) *Dataset {
	i := slices.IndexFunc(f.Datasets, func(d *Dataset) bool { return d.Name == name })
	if i < 0 {
		return nil
	}
	return f.Datasets[i]
}

// TestValuesAreThoseOfH5py compares each dataset of each file, bit for bit, with what h5py reads from it.
func TestValuesAreThoseOfH5py(t *testing.T) {
	raw, err := os.ReadFile("testdata/values.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]map[string]*struct {
		Shape  []int
		Values []*float64
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	unwritten := []string{"holes", "fill", "never", "pair", "bare"} // h5py puts the fill value there
	for _, name := range fixtures {
		f := open(t, name)
		read := 0
		for path, w := range want[name] {
			d := f.named(path)
			if d == nil {
				t.Errorf("%s: no dataset %s", name, path)
				continue
			}
			got, err := values(d)
			if w == nil {
				if err == nil {
					t.Errorf("%s: %v is read", name, d)
				}
				continue
			}
			if path == "pair" { // h5py sees the 39 records that were written, netCDF4 the 40 of the file
				w.Shape[0] = 40
			}
			if err != nil || !slices.Equal(d.Shape, w.Shape) {
				t.Errorf("%s: %v, want the shape %d: %v", name, d, w.Shape, err)
				continue
			}
			for i, v := range w.Values {
				if v == nil && got[i]-got[i] != 0 || v != nil && math.Float64bits(got[i]) == math.Float64bits(*v) {
					read++
				} else if !slices.Contains(unwritten, path) || !math.IsNaN(got[i]) {
					t.Fatalf("%s: %v has %v at %d, want %v", name, d, got[i], i, v)
				}
			}
		}
		t.Logf("%s: %d datasets, %d values", name, len(f.Datasets), read)
	}
}

func TestUnwritten(t *testing.T) {
	for _, name := range fixtures[:3] {
		f := open(t, name)
		holes, err := values(f.named("holes"))
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range holes { // the second chunk of five was written
			if math.IsNaN(v) == (i/5 == 1) {
				t.Errorf("%s: holes has %v at %d", name, v, i)
			}
		}
		if d := f.named("fill"); d.Fill == nil || *d.Fill != -999 {
			t.Errorf("%s: fill value %v", name, d.Fill)
		}
		if d := f.named("holes"); d.Fill != nil {
			t.Errorf("%s: fill value %v where none was chosen", name, *d.Fill)
		}
	}
}

func TestSpecials(t *testing.T) {
	got, err := values(open(t, "old.h5").named("types/halves"))
	want := []float64{0, math.Copysign(0, -1), math.Ldexp(1, -24), -math.Ldexp(1023, -24), 65504, math.Inf(1), math.Inf(-1), math.NaN()}
	for i, v := range want {
		if err != nil || math.Float64bits(got[i]) != math.Float64bits(v) {
			t.Errorf("value %d is %v, want %v; %v", i, got[i], v, err)
		}
	}
}

func TestAttributes(t *testing.T) {
	for _, name := range fixtures[:3] {
		f := open(t, name)
		d := f.named("gzip")
		if d.Texts["units"] != "m s-1" || d.Texts["fixed"] != "fixed text" || !slices.Equal(d.Numbers["_FillValue"], []float64{-1e30}) ||
			!slices.Equal(d.Numbers["three"], []float64{1, 2, 3}) {
			t.Errorf("%s: %v, %v", name, d.Texts, d.Numbers)
		}
		if d := f.named("growing"); len(d.Numbers) != 20 || d.Numbers["number 17"][0] != 17 {
			t.Errorf("%s: %v", name, d.Numbers)
		}
	}
}

func TestNetCDF4(t *testing.T) {
	f := open(t, "netcdf4.nc")
	var list []string
	for _, d := range f.Datasets {
		if !d.Bare() {
			list = append(list, d.String())
		}
	}
	slices.Sort(list)
	want := []string{"packed(time = 40) int16", "pair(time = 40, bare = 2) float64", "site(site = 3) int32", "time(time = 40) float64",
		"x(time = 40, site = 3) float32"}
	if !slices.Equal(list, want) {
		t.Errorf("%q, want %q", list, want)
	}
	x := f.named("x")
	if x.Texts["note11"] != "text 11" || *x.Fill != -9999 || f.named("time").Texts["units"] != "hours since 2001-01-01" {
		t.Errorf("%v, fill value %v", x.Texts, *x.Fill)
	}
}

func TestRefusals(t *testing.T) {
	f := open(t, "v110.h5")
	for name, says := range map[string]string{
		"compound": "compound data", "words": "text of variable length", "text": "text", "ragged": "data of variable length",
		"complex": "compound data", "flags": "an enumeration", "rounded": "scaleoffset", "vector": "arrays", "virtual": "virtual",
	} {
		err := f.named("refused/" + name).Err()
		if err == nil || !strings.Contains(err.Error(), says) || !strings.HasPrefix(err.Error(), "refused/"+name+" ") {
			t.Errorf("%s: error %v, want one about %q", name, err, says)
		}
	}
}

// TestPagedIndex reads an array of so many chunks that their index has pages; make.py wrote nine of them.
func TestPagedIndex(t *testing.T) {
	x, err := values(open(t, "paged.h5").named("x"))
	if err != nil || len(x) != 300_000 {
		t.Fatal(len(x), err)
	}
	for i, v := range x {
		want := math.NaN()
		if i < 3 || i >= 135_000 && i < 135_003 || i >= 299_997 {
			want = float64(i%251 + 1)
		}
		if v != want && !(math.IsNaN(v) && math.IsNaN(want)) {
			t.Fatalf("%v at %d, want %v", v, i, want)
		}
	}
}
