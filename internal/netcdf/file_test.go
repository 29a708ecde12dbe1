package netcdf

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fixtures are the files that testdata/make.py wrote.
var fixtures = []string{"cdf1.nc", "cdf2.nc", "cdf5.nc", "lone.nc"}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func open(t testing.TB, raw []byte) *File {
	t.Helper()
	f, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *File) named(name string) *Variable {
	i := slices.IndexFunc(f.Variables, func(v *Variable) bool { return v.Name == name })
	if i < 0 {
		return nil
	}
	return f.Variables[i]
}

func values(v *Variable) ([]float64, error) {
	if err := v.Err(); err != nil {
		return nil, err
	}
	x := make([]float64, v.Len())
	err := v.Each(func(at int, part []float64) { copy(x[at:at+len(part)], part) })
	return x, err
}

// TestValuesAreThoseOfNetCDF4 compares each variable, bit for bit, with what the netCDF4 module of Python reads.
func TestValuesAreThoseOfNetCDF4(t *testing.T) {
	var want map[string]map[string]struct {
		Shape  []int
		Values []float64
	}
	if err := json.Unmarshal(fixture(t, "values.json"), &want); err != nil {
		t.Fatal(err)
	}
	for _, name := range fixtures {
		f := open(t, fixture(t, name))
		for path, w := range want[name] {
			v := f.named(path)
			if v == nil {
				t.Errorf("%s: no variable %s", name, path)
				continue
			}
			if got, err := values(v); err != nil || !slices.Equal(got, w.Values) || !slices.Equal(v.Shape, w.Shape) {
				t.Errorf("%s: %v is %v, %v; want %v of the shape %v", name, v, got, err, w.Values, w.Shape)
			}
		}
		if len(want[name]) == 0 {
			t.Errorf("nothing to compare %s with", name)
		}
	}
}

func TestDescriptions(t *testing.T) {
	f := open(t, fixture(t, "cdf1.nc"))
	x, p := f.named("x"), f.named("packed")
	if x.String() != "x(time = 20, site = 3) float32" || x.Texts["units"] != "m s-1" || !slices.Equal(x.Numbers["_FillValue"], []float64{-9999}) {
		t.Errorf("%v, %v, %v", x, x.Texts, x.Numbers)
	}
	if p.Numbers["scale_factor"][0] != 0.01 || p.Numbers["missing_value"][0] != -99 || p.Type.Fill() != -32767 {
		t.Errorf("%v", p.Numbers)
	}
	if got, err := values(f.named("never")); err != nil || got[0] != Float64.Fill() {
		t.Errorf("%v, %v", got, err)
	}
	if err := f.named("name").Err(); err == nil || !strings.Contains(err.Error(), "text") {
		t.Errorf("error %v for text", err)
	}
}

// TestStreaming: a file whose writer did not know the number of records holds as many as there is room for.
func TestStreaming(t *testing.T) {
	for _, name := range []string{"cdf1.nc", "lone.nc"} {
		raw := fixture(t, name)
		f := open(t, raw)
		want, err := values(f.named("x"))
		if err != nil {
			t.Fatal(err)
		}
		binary.BigEndian.PutUint32(raw[4:], math.MaxUint32)
		f = open(t, raw)
		if got, err := values(f.named("x")); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// TestLongRecords: records that are longer than what is read at once, in a file written here by the specification.
func TestLongRecords(t *testing.T) {
	const width, records = 10_000, 3
	raw := []byte("CDF\x01")
	word := func(n ...uint32) {
		for _, v := range n {
			raw = binary.BigEndian.AppendUint32(raw, v)
		}
	}
	text := func(s string) { word(uint32(len(s))); raw = append(raw, s...) }
	word(records, 10, 2) // two dimensions
	text("time")
	word(0)
	text("site")
	word(width, 0, 0, 11, 2) // no attributes, two variables
	for i, name := range []string{"wide", "thin"} {
		text(name)
		word(uint32(2-i), 0) // numbers of the dimensions
		if i == 0 {
			word(1)
		}
		word(0, 0, 6, 0, uint32(132+i*8*width)) // no attributes, double, a size that is not needed, and where it begins
	}
	if len(raw) != 132 {
		t.Fatalf("a header of %d bytes", len(raw))
	}
	for k := range records * (width + 1) {
		raw = binary.BigEndian.AppendUint64(raw, math.Float64bits(float64(k)))
	}
	f := open(t, raw)
	wide, err := values(f.named("wide"))
	if err != nil || len(wide) != records*width {
		t.Fatal(len(wide), err)
	}
	for k, v := range wide {
		if v != float64(k+k/width) {
			t.Fatalf("%v at %d", v, k)
		}
	}
	if thin, err := values(f.named("thin")); err != nil || !slices.Equal(thin, []float64{width, 2*width + 1, 3*width + 2}) {
		t.Errorf("%v, %v", thin, err)
	}
}

func readAll(t *testing.T, raw []byte) (whole bool) {
	f, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return false
	}
	whole = true
	for _, v := range f.Variables {
		_ = v.String()
		if err := v.Err(); err != nil {
			whole = whole && v.Type == Char
			continue
		}
		n, read := v.Len(), 0
		err := v.Each(func(at int, part []float64) {
			if at != read || at+len(part) > n {
				t.Fatalf("%v yields %d values at %d", v, len(part), at)
			}
			read += len(part)
		})
		if err != nil || read != n || n > len(raw) {
			t.Fatalf("%v: %d of %d values, %v", v, read, n, err)
		}
	}
	return whole
}

// TestNoRecords reads a file whose records are yet to come.
func TestNoRecords(t *testing.T) {
	raw := bytes.Clone(fixture(t, "cdf1.nc"))
	clear(raw[4:8]) // the number of records
	f, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	empty := 0
	for _, v := range f.Variables {
		if v.Type != Char && v.Len() == 0 {
			empty++
			if got, err := values(v); len(got) != 0 || err != nil {
				t.Errorf("%v: %v, %v", v, got, err)
			}
		}
	}
	if empty == 0 {
		t.Error("no variable has records")
	}
}

// TestDamage changes each byte in turn, and cuts files short: errors or some numbers, never a panic.
func TestDamage(t *testing.T) {
	for _, name := range fixtures {
		whole := fixture(t, name)
		bad := bytes.Clone(whole)
		for i := range whole {
			for _, mask := range []byte{0xff, 0x01, 0x80} {
				bad[i] = whole[i] ^ mask
				readAll(t, bad)
			}
			bad[i] = whole[i]
			if i < len(whole)-4 && readAll(t, whole[:i]) {
				t.Errorf("%s cut to %d of %d bytes is whole", name, i, len(whole))
			}
		}
	}
}

func FuzzOpen(f *testing.F) {
	for _, name := range fixtures {
		f.Add(fixture(f, name))
	}
	f.Fuzz(func(t *testing.T, raw []byte) { readAll(t, raw) })
}
