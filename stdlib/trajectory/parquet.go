package trajectory

import (
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// ReadParquet reads a series from a Parquet file of flat columns of numbers, with the choices of o: columns by name, the
// time in a column (timestamps count in seconds) or Dt, nulls as missing values. Without Columns all but the time are
// taken, and one that holds no numbers is an error.
func ReadParquet(r io.ReaderAt, size int64, o CSV) (t *Trajectory, report Report, err error) {
	defer func() {
		if p := recover(); p != nil { // the decoder panics on some damaged files
			t, err = nil, fmt.Errorf("damaged file: %v", p)
		}
		if err != nil {
			t, err = nil, fmt.Errorf("trajectory: Parquet: %w", err)
		}
	}()
	file, err := parquet.OpenFile(r, size)
	if err != nil {
		return nil, report, err
	}
	columns := file.Root().Columns()
	var names []string
	for _, c := range columns {
		names = append(names, c.Name())
	}
	tab, err := o.columns(names, len(names))
	if err != nil {
		return nil, report, err
	}
	if err := tab.read(columns, int(file.NumRows())); err != nil {
		return nil, report, err
	}
	return tab.trajectory(o)
}

// read takes in the wanted columns, one after another.
func (tab *table) read(columns []*parquet.Column, rows int) error {
	if rows < 1 {
		return errors.New("no rows")
	}
	var err error
	if tab.time >= 0 {
		if tab.t, err = numbersOf(columns[tab.time], rows); err != nil {
			return err
		}
	}
	values := make([][]float64, len(tab.columns))
	for j, i := range tab.columns {
		if values[j], err = numbersOf(columns[i], rows); err != nil {
			return err
		}
	}
	tab.rows, tab.x = rows, make([]float64, rows*len(tab.columns))
	for j, x := range values {
		for k, v := range x {
			tab.x[k*len(tab.columns)+j] = v
		}
	}
	return nil
}

// numbersOf reads a column; nulls are NaN.
func numbersOf(c *parquet.Column, rows int) ([]float64, error) {
	scale, err := unitOf(c)
	if err != nil {
		return nil, err
	}
	pages := c.Pages()
	defer pages.Close()
	x := make([]float64, 0, min(rows, 1<<20)) // a damaged file may claim any number
	buf := make([]parquet.Value, 1024)
	for {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Name(), err)
		}
		values := page.Values()
		for err == nil {
			var n int
			n, err = values.ReadValues(buf)
			for _, v := range buf[:n] {
				x = append(x, scale*number(v))
			}
		}
		parquet.Release(page)
		if !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%s: %w", c.Name(), err)
		}
	}
	if len(x) != rows {
		return nil, fmt.Errorf("%s has %d values in %d rows", c.Name(), len(x), rows)
	}
	for k, v := range x {
		if math.IsInf(v, 0) {
			return nil, fmt.Errorf("row %d has %g in %s, which is no finite number", k+1, v, c.Name())
		}
	}
	return x, nil
}

// number is a value of one of the kinds that unitOf accepts.
func number(v parquet.Value) float64 {
	switch {
	case v.IsNull():
		return math.NaN()
	case v.Kind() == parquet.Double:
		return v.Double()
	case v.Kind() == parquet.Float:
		return float64(v.Float())
	case v.Kind() == parquet.Int32:
		return float64(v.Int32())
	}
	return float64(v.Int64())
}

// unitOf is what a column's numbers are multiplied with: the seconds of a timestamp's unit, or 1.
func unitOf(c *parquet.Column) (float64, error) {
	if !c.Leaf() || c.Repeated() {
		return 0, fmt.Errorf("%s is a group or a list; flatten it, or choose other Columns", c.Name())
	}
	switch c.Type().Kind() {
	case parquet.Double, parquet.Float, parquet.Int32, parquet.Int64:
	default:
		return 0, fmt.Errorf("%s holds no numbers (%v); choose Columns without it", c.Name(), c.Type())
	}
	logical := c.Type().LogicalType()
	if logical == nil || logical.Value == nil {
		return 1, nil
	}
	switch kind := logical.Value.(type) {
	case *format.TimestampType:
		if kind.Unit.Value != nil {
			return kind.Unit.Value.Duration().Seconds(), nil
		}
	case *format.IntType:
		return 1, nil
	}
	return 0, fmt.Errorf("%s is of type %v; convert it to numbers, or choose Columns without it", c.Name(), logical)
}
