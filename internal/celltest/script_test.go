package celltest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"scorebook/kernel/cell"
)

const script = `About sums.
-- adding --
Two and two.
go: same
-- cell --
2 + 2
-- want --
=> 4
-- failing --
-- cell --
bad
-- cell --
bad
-- want error --
no good
`

func TestParse(t *testing.T) {
	cases, err := Parse([]byte(script))
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) != 2 {
		t.Fatalf("%d cases, want 2", len(cases))
	}
	a, b := cases[0], cases[1]
	if a.Name != "adding" || a.Rule != "Two and two." || !a.SameGo || a.Match != Exact || a.Want != "=> 4" || len(a.Cells) != 1 {
		t.Errorf("first case %+v", a)
	}
	if b.Match != Fails || len(b.Cells) != 2 || b.SameGo {
		t.Errorf("second case %+v", b)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"-- cell --\n1\n",
		"-- a --\n-- want --\n1\n",
		"-- a --\n-- cell --\n1\n-- a --\n-- cell --\n1\n",
	} {
		if _, err := Parse([]byte(text)); err == nil {
			t.Errorf("no error for %q", text)
		}
	}
}

// echo answers with the cell's own text, and fails on "bad".
type echo struct{}

func (echo) Evaluate(_ context.Context, src cell.Source, streams cell.Streams) (cell.Result, error) {
	if src.Text == "bad" {
		return cell.Result{}, errors.New("no good")
	}
	fmt.Fprint(streams.Stdout, "p")
	return cell.Result{Value: src.Text, Shown: true}, nil
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		of   Case
		fine bool
	}{
		{Case{Cells: []string{"a"}, Want: "p\n=> a"}, true},
		{Case{Cells: []string{"a"}, Want: "p\n=> b"}, false},
		{Case{Cells: []string{"a", "b"}, Match: Contains, Want: "=> a\n=> b"}, true},
		{Case{Cells: []string{"a"}, Match: Contains, Want: "=> a\n=> b"}, false},
		{Case{Cells: []string{"a", "bad"}, Match: Fails, Want: "good"}, true},
		{Case{Cells: []string{"bad", "a"}, Match: Fails}, false},
		{Case{Cells: []string{"bad"}, Match: Fails, Want: "better"}, false},
	} {
		got, last := c.of.Yield(echo{})
		if problem := c.of.compare(got, last); (problem == "") != c.fine {
			t.Errorf("%+v: %q", c.of, problem)
		}
	}
}
