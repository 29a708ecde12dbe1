package trajectory

import (
	"bytes"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestParquetOfPyarrow reads a file that pyarrow 26 wrote: 7 rows in two row groups, compressed; a time column of
// timestamps in milliseconds, x of float64 with one null, n of int32, f of float32, label of text.
func TestParquetOfPyarrow(t *testing.T) {
	tr, report, err := Load(t.Context(), "testdata/pyarrow.parquet", CSV{Columns: []string{"n", "x", "f"}, Missing: InterpolateMissing})
	if err != nil {
		t.Fatal(err)
	}
	if tr.Dim != 3 || tr.Len() != 7 || math.Abs(tr.Dt-1) > 1e-9 || !slices.Equal(tr.Names, []string{"n", "x", "f"}) {
		t.Errorf("%+v", tr)
	}
	if report != (Report{Rows: 7, Missing: 1, Filled: 1}) {
		t.Errorf("%+v", report)
	}
	for k := range tr.Len() {
		if x, i := tr.At(k), float64(k); x[0] != i || x[1] != i+0.5 || x[2] != float64(float32(i/6)) {
			t.Errorf("row %d is %v", k, x)
		}
	}
	tr, _, err = Load(t.Context(), "testdata/pyarrow.parquet", CSV{Columns: []string{"x"}, Missing: SplitMissing})
	if err != nil || !slices.Equal(tr.Lens, []int{2, 4}) {
		t.Errorf("runs of %v, %v", tr.Lens, err)
	}
	for says, o := range map[string]CSV{
		"label holds no numbers": {}, "1 missing values, the first in row 3, x": {Columns: []string{"x"}}, "among time, x": {Columns: []string{"y"}},
	} {
		if _, _, err := Load(t.Context(), "testdata/pyarrow.parquet", o); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one about %q", err, says)
		}
	}
}

// TestDamagedParquet flips each byte in turn: an error or some numbers, never a panic.
func TestDamagedParquet(t *testing.T) {
	whole, err := os.ReadFile("testdata/pyarrow.parquet")
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		bad := slices.Clone(whole)
		bad[i] ^= 0xff
		_, _, err := ReadParquet(bytes.NewReader(bad), int64(len(bad)), CSV{Columns: []string{"x"}, Missing: SplitMissing})
		if err != nil && !strings.HasPrefix(err.Error(), "trajectory: Parquet: ") {
			t.Errorf("byte %d: %v", i, err)
		}
	}
	if _, _, err := ReadParquet(bytes.NewReader(nil), 0, CSV{Dt: 1}); err == nil {
		t.Error("no error for an empty file")
	}
}
