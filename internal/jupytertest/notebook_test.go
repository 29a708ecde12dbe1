package jupytertest

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const checkMIME = "application/vnd.scorebook.check+json"

// notebook is what these tests read of an executed .ipynb file.
type notebook struct {
	Cells []struct {
		Type    string `json:"cell_type"`
		Outputs []struct {
			Type  string `json:"output_type"`
			Ename string
			Data  map[string]json.RawMessage
		}
	}
}

// check is one check's outcome. Value stays text: a number, or the name of one that JSON cannot write.
type check struct {
	Name  string
	Value json.RawMessage
	OK    bool
}

func readNotebook(t *testing.T, file string) notebook {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var n notebook
	if err := json.Unmarshal(content, &n); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return n
}

func (n notebook) checks(t *testing.T) []check {
	t.Helper()
	var checks []check
	for _, c := range n.Cells {
		for _, out := range c.Outputs {
			payload, ok := out.Data[checkMIME]
			if !ok {
				continue
			}
			var one check
			if err := json.Unmarshal(payload, &one); err != nil {
				t.Fatalf("check %s: %v", payload, err)
			}
			checks = append(checks, one)
		}
	}
	return checks
}

// images counts the outputs that a front end shows as a picture.
func (n notebook) images() int {
	count := 0
	for _, c := range n.Cells {
		for _, out := range c.Outputs {
			_, png := out.Data["image/png"]
			_, svg := out.Data["image/svg+xml"]
			if png || svg {
				count++
			}
		}
	}
	return count
}

// sameChecks compares the outcomes of two executions of one notebook, bit for bit.
func sameChecks(t *testing.T, got, want []check) {
	t.Helper()
	if len(want) == 0 {
		t.Fatal("the notebook has no checks")
	}
	same := slices.EqualFunc(got, want, func(a, b check) bool {
		return a.Name == b.Name && a.OK == b.OK && sameBits(a.Value, b.Value)
	})
	if !same {
		t.Errorf("checks differ:\n got %s\nwant %s", describe(got), describe(want))
	}
	for _, c := range got {
		if !c.OK {
			t.Errorf("check %q fails with %s", c.Name, c.Value)
		}
	}
}

// sameBits compares two numbers however they are written: 7.3e-05 and 0.000073 are one.
func sameBits(a, b json.RawMessage) bool {
	x, errX := strconv.ParseFloat(string(a), 64)
	y, errY := strconv.ParseFloat(string(b), 64)
	if errX != nil || errY != nil {
		return string(a) == string(b)
	}
	return math.Float64bits(x) == math.Float64bits(y)
}

func describe(checks []check) string {
	var b strings.Builder
	for _, c := range checks {
		b.WriteString(c.Name + " = " + string(c.Value) + "; ")
	}
	return b.String()
}
