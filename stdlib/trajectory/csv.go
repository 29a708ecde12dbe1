package trajectory

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// CSV says how a table, of text or of any other format, is read as a series. The zero value reads every column, and takes
// the time from a column named time or t; without one, Dt must be given.
type CSV struct {
	// Columns are the names of the coordinates' columns, in order; or their numbers from 1 when there is no header. nil
	// means all but the time.
	Columns []string
	// Time is the name (or number) of the time column, whose spacing must be regular. "" means one named time or t, in
	// any case of letters, if there is one and Dt is 0.
	Time string
	// Dt is the time between rows, when there is no time column.
	Dt float64
	// Missing says what to do with empty cells and with NaN, NA and null. Its zero value refuses them.
	Missing Missing
	// Comma separates the cells of text. 0 means ','.
	Comma rune
	// TimeLast tells that the arrays of an HDF5 or NetCDF file hold a coordinate in each row, so that time runs along
	// their last axis, as Julia writes samples × coordinates. A time variable tells as much by its length.
	TimeLast bool
}

// Missing is a policy for missing values.
type Missing int

const (
	// RefuseMissing makes a missing value an error that counts them and says where the first is.
	RefuseMissing Missing = iota
	// SplitMissing ends a run before a row with a missing value and begins the next after it: no value is invented.
	SplitMissing
	// InterpolateMissing puts the straight line between the neighbours in the same column into gaps; a gap at either end is an
	// error. It makes gaps look smooth, which lowers the noise that the series seems to have.
	InterpolateMissing
)

// Report says what reading did to the data, so that no repair is silent.
type Report struct {
	Rows    int // rows of data
	Missing int // cells without a value
	Dropped int // rows left out by SplitMissing
	Filled  int // cells given a value by InterpolateMissing
	// TimeUnits are the units of the time, when the file says them: Dt is in these.
	TimeUnits string
}

// String is the report in words.
func (r Report) String() string {
	s := fmt.Sprintf("%d rows, %d missing values", r.Rows, r.Missing)
	if r.Dropped > 0 {
		s += fmt.Sprintf(", %d rows dropped and the series split there", r.Dropped)
	}
	if r.Filled > 0 {
		s += fmt.Sprintf(", %d values interpolated", r.Filled)
	}
	if r.TimeUnits != "" {
		s += fmt.Sprintf(", the time in %q", r.TimeUnits)
	}
	return s
}

// ReadCSV reads a series, row after row one sample. A first row without numbers is the header. Lines that begin with # are left out. An error names the row and column.
func ReadCSV(r io.Reader, o CSV) (*Trajectory, Report, error) {
	t, report, err := readCSV(r, o)
	if err != nil {
		return nil, report, fmt.Errorf("trajectory: CSV: %w", err)
	}
	return t, report, nil
}

func readCSV(r io.Reader, o CSV) (*Trajectory, Report, error) {
	text := bufio.NewReader(r)
	if mark, _ := text.Peek(3); string(mark) == "\xef\xbb\xbf" { // a byte order mark, as spreadsheets write it
		_, _ = text.Discard(3)
	}
	in := csv.NewReader(text)
	in.Comment, in.ReuseRecord, in.TrimLeadingSpace = '#', true, true
	if o.Comma != 0 {
		in.Comma = o.Comma
	}
	first, err := in.Read()
	if err != nil {
		return nil, Report{}, fmt.Errorf("no rows: %w", err)
	}
	first = slices.Clone(first)
	header, err := headerOf(first)
	if err != nil {
		return nil, Report{}, err
	}
	table, err := o.columns(header, len(first))
	if err != nil {
		return nil, Report{}, err
	}
	if header == nil {
		if err := table.add(first); err != nil {
			return nil, Report{}, err
		}
	}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, Report{}, err
		}
		if err := table.add(row); err != nil {
			return nil, Report{}, err
		}
	}
	return table.trajectory(o)
}

// headerOf returns the first row when it is a header, and nil when it is data. A row of both could be either, and one
// must not guess, for a row taken for a header is lost.
func headerOf(row []string) ([]string, error) {
	var name, number string
	for _, cell := range row {
		if v, err := parse(cell); err != nil {
			name = cell
		} else if v == v {
			number = cell
		}
	}
	switch {
	case name == "":
		return nil, nil
	case number != "":
		return nil, fmt.Errorf("the first row has the number %s and the text %q: is it a header? "+
			"Put a row before it that names every column", number, name)
	}
	return row, nil
}

// parse is the number in a cell, NaN when it is missing.
func parse(cell string) (float64, error) {
	switch cell = strings.TrimSpace(cell); strings.ToLower(cell) {
	case "", "nan", "na", "n/a", "null", "none":
		return math.NaN(), nil
	}
	return strconv.ParseFloat(cell, 64)
}

// table gathers the wanted columns.
type table struct {
	header  []string
	columns []int // of the coordinates
	time    int   // column of the time, or −1
	rows    int
	x, t    []float64
}

// columns finds the columns that o asks for among width ones.
func (o CSV) columns(header []string, width int) (*table, error) {
	tab := &table{header: slices.Clone(header), time: -1}
	var err error
	switch {
	case o.Time != "":
		if tab.time, err = column(header, width, o.Time); err != nil {
			return nil, err
		}
	case o.Dt == 0:
		tab.time = slices.IndexFunc(header, func(name string) bool {
			name = strings.ToLower(strings.TrimSpace(name))
			return name == "time" || name == "t"
		})
	}
	if tab.time < 0 && !(o.Dt > 0) {
		return nil, errors.New("no column named time or t; set Time to the time column, or Dt to the time between rows")
	}
	for _, name := range o.Columns {
		i, err := column(header, width, name)
		if err != nil {
			return nil, err
		}
		tab.columns = append(tab.columns, i)
	}
	for i := range width {
		if o.Columns == nil && i != tab.time {
			tab.columns = append(tab.columns, i)
		}
	}
	if len(tab.columns) == 0 {
		return nil, errors.New("no column but the time")
	}
	return tab, nil
}

// column is the place of the column with this name, or this number from 1.
func column(header []string, width int, name string) (int, error) {
	for i, h := range header {
		if strings.TrimSpace(h) == name {
			return i, nil
		}
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= width {
		return n - 1, nil
	}
	if header == nil {
		return 0, fmt.Errorf("no column %q; there is no header, so give numbers from 1 to %d", name, width)
	}
	return 0, fmt.Errorf("no column %q among %s", name, strings.Join(header, ", "))
}

func (tab *table) name(i int) string {
	if tab.header == nil {
		return "column " + strconv.Itoa(i+1)
	}
	return strings.TrimSpace(tab.header[i])
}

// add takes in a row.
func (tab *table) add(row []string) error {
	tab.rows++
	number := func(i int) (float64, error) {
		v, err := parse(row[i])
		if err != nil || math.IsInf(v, 0) {
			return 0, fmt.Errorf("row %d has %q in %s, which is no finite number", tab.rows, row[i], tab.name(i))
		}
		return v, nil
	}
	for _, i := range tab.columns {
		v, err := number(i)
		if err != nil {
			return err
		}
		tab.x = append(tab.x, v)
	}
	if tab.time >= 0 {
		v, err := number(tab.time)
		if err != nil {
			return err
		}
		tab.t = append(tab.t, v)
	}
	return nil
}

// trajectory makes the series.
func (tab *table) trajectory(o CSV) (*Trajectory, Report, error) {
	report := Report{Rows: tab.rows}
	dt := o.Dt
	if tab.time >= 0 {
		var err error
		if dt, err = Spacing(tab.t); err != nil {
			return nil, report, err
		}
	}
	t := &Trajectory{Dim: len(tab.columns), Dt: dt, X: tab.x}
	if tab.header != nil {
		for _, i := range tab.columns {
			t.Names = append(t.Names, tab.name(i))
		}
	}
	if err := t.repair(o.Missing, &report); err != nil {
		return nil, report, err
	}
	return t, report, t.Validate()
}
