package notebook

import (
	"encoding/json"
	"strconv"

	"scorebook/kernel/protocol"
)

const checkType = "application/vnd.scorebook.check+json"

// Check is a claim that a cell has tested.
type Check struct {
	Cell      int // the number of the code cell, from 1
	Name      string
	Value     float64
	Relation  string
	Bound     float64
	Tolerance float64 // where the relation has one
	OK        bool
}

// number reads NaN and the infinities too, for which JSON has only strings.
type number float64

func (n *number) UnmarshalJSON(raw []byte) error {
	text := string(raw)
	if unquoted, err := strconv.Unquote(text); err == nil {
		text = unquoted
	}
	v, err := strconv.ParseFloat(text, 64)
	*n = number(v)
	return err
}

// readCheck finds the check in what a cell has displayed. One that cannot be read has failed.
func readCheck(cell int, data protocol.Dict) (c Check, ok bool) {
	payload, ok := data[checkType]
	if !ok {
		return Check{}, false
	}
	var read struct {
		Name                    string
		Value, Bound, Tolerance number
		Relation                string
		OK                      bool
	}
	raw, err := json.Marshal(payload)
	if err == nil {
		err = json.Unmarshal(raw, &read)
	}
	if err != nil {
		return Check{Cell: cell, Name: "unreadable check: " + err.Error()}, true
	}
	return Check{
		Cell: cell, Name: read.Name, Value: float64(read.Value), Relation: read.Relation,
		Bound: float64(read.Bound), Tolerance: float64(read.Tolerance), OK: read.OK,
	}, true
}

// checks returns the checks that a page shows.
func (p *page) checks(cell int) []Check {
	var found []Check
	for _, o := range p.outputs {
		if s, ok := o.(*shown); ok {
			if c, ok := readCheck(cell, s.data); ok {
				found = append(found, c)
			}
		}
	}
	return found
}
