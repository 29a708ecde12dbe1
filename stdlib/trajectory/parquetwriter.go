package trajectory

import (
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
)

// columnsInOrder is a group whose columns stay in the order given; a plain one sorts them by name.
type columnsInOrder struct {
	parquet.Group
	names []string
}

func (c columnsInOrder) Fields() []parquet.Field {
	byName := map[string]parquet.Field{}
	for _, f := range c.Group.Fields() {
		byName[f.Name()] = f
	}
	fields := make([]parquet.Field, len(c.names))
	for i, name := range c.names {
		fields[i] = byName[name]
	}
	return fields
}

// writeParquet writes a time column and the coordinates, all of 64-bit floating-point numbers.
func (t *Trajectory) writeParquet(w io.Writer) error {
	group := columnsInOrder{parquet.Group{}, []string{"time"}}
	for i := range t.Dim {
		group.names = append(group.names, t.Name(i))
	}
	for _, name := range group.names {
		if _, twice := group.Group[name]; twice {
			return fmt.Errorf("two columns are called %q; give the coordinates other Names", name)
		}
		group.Group[name] = parquet.Leaf(parquet.DoubleType)
	}
	out := parquet.NewWriter(w, parquet.NewSchema("trajectory", group))
	const most = 1 << 10
	rows := make([]parquet.Row, 0, most)
	for k := range t.Len() {
		row := parquet.Row{parquet.DoubleValue(float64(k)*t.Dt).Level(0, 0, 0)}
		for i, v := range t.At(k) {
			row = append(row, parquet.DoubleValue(v).Level(0, 0, i+1))
		}
		if rows = append(rows, row); len(rows) == most || k == t.Len()-1 {
			if _, err := out.WriteRows(rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	return out.Close()
}
