package hdf5

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// readAll reads whatever there is; the values yielded must lie within their array.
func readAll(t *testing.T, raw []byte) {
	f, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return
	}
	for _, d := range f.Datasets {
		_ = d.String()
		if d.Err() != nil {
			continue
		}
		n := d.Len()
		_ = d.Each(func(at int, v []float64) {
			if at < 0 || at+len(v) > n {
				t.Fatalf("%v yields %d values at %d", d, len(v), at)
			}
		})
	}
}

// TestDamage turns over bits of every 23rd byte in turn, and cuts the file there: errors or some numbers, never a panic.
func TestDamage(t *testing.T) {
	for _, name := range []string{"small_old.h5", "small_latest.h5", "userblock.h5"} {
		whole, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		bad := bytes.Clone(whole)
		for i := 0; i < len(whole); i += 23 {
			for _, mask := range []byte{0xff, 0x01, 0x80} {
				bad[i] = whole[i] ^ mask
				readAll(t, bad)
			}
			bad[i] = whole[i]
			readAll(t, whole[:i])
		}
	}
}

func FuzzOpen(f *testing.F) {
	for _, name := range fixtures[3:] {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) { readAll(t, raw) })
}
