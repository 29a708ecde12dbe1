package notebook_test

import (
	"strings"
	"testing"

	"scorebook/kernel/notebook"
	"scorebook/kernel/server/enginetest"
)

const present = `// the scale of this run
steps, sigma := 1_000_000, 0.05
fast := false
name := "quick"
var dt float64 = 1
var seed uint64
var label string
weights := []float64{1, 2}
lag := 5 * time.Second
const fixed = 3
if fast { steps = 10 }`

func TestParametersAreInjected(t *testing.T) {
	for text, want := range map[string]string{
		"steps=1000":                "steps = 1000",
		"steps= 4_000_000 ":         "steps = 4_000_000",
		"steps=1e6":                 "steps = 1e6",
		"steps=1 << 20":             "steps = 1 << 20",
		"sigma=0.1":                 "sigma = 0.1",
		"sigma=1":                   "sigma = 1",
		"sigma=-1e-3":               "sigma = -1e-3",
		"dt=0.25":                   "dt = 0.25",
		"seed=18446744073709551615": "seed = 18446744073709551615",
		"fast=true":                 "fast = true",
		"name=slow":                 `name = "slow"`,
		`name="a b"`:                `name = "a b"`,
		"name=`raw`":                "name = `raw`",
		"name=a=b ":                 `name = "a=b "`,
		"name=":                     `name = ""`,
		"name=7":                    `name = "7"`,
		"label=x":                   `label = "x"`,
		"weights=[]float64{3}":      "weights = []float64{3}",
		"lag=time.Minute":           "lag = time.Minute",
		"sigma=math.Sqrt(2)":        "sigma = math.Sqrt(2)",
	} {
		p, err := notebook.ParseParameter(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		n := parse(t, cells())
		if r := run(t, n, notebook.Options{Parameters: []notebook.Parameter{p}}); r.Of != 3 || r.Cells != 3 {
			t.Errorf("%s: %d of %d cells run; the one that sets parameters is not counted", text, r.Cells, r.Of)
		}
		f := written(t, n)
		if len(f.Cells) != 4 {
			t.Fatalf("%d cells", len(f.Cells))
		}
		var source strings.Builder
		for _, line := range f.Cells[2].Source.([]any) {
			source.WriteString(line.(string))
		}
		if got := source.String(); got != "// Parameters\n"+want {
			t.Errorf("%s: %s", text, got)
		}
		if tags := f.Cells[2].Metadata["tags"].([]any); len(tags) != 1 || tags[0] != "injected-parameters" || f.Cells[2].ID == "" {
			t.Errorf("%+v", f.Cells[2])
		}
		if got := f.Metadata.Scorebook.Parameters; got["weights"] == "" || got["steps"] == "" || got["fixed"] != "3" {
			t.Errorf("%v", got)
		}
	}
}

func cells() []byte {
	return text(code("value first"), code(present, "parameters"), code("value last"))
}

func TestParametersThatCannotBe(t *testing.T) {
	for text, want := range map[string]string{
		"steps=0.5":    "0.5 is not an integer, as 1_000_000 is",
		"steps=many":   "not an integer",
		"steps=true":   "not an integer",
		"sigma=big":    "not a number",
		`sigma="1"`:    "not a number",
		"fast=1":       "not true or false",
		"fast=yes":     "not true or false",
		"steps=1 +":    "not a Go expression",
		"fixed=4":      "constant",
		"other=1":      "there is no parameter \"other\"; the notebook has",
		"weights=a; b": "not a Go expression",
	} {
		p, err := notebook.ParseParameter(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		_, err = notebook.Run(t.Context(), parse(t, cells()), &enginetest.Engine{}, notebook.Options{Parameters: []notebook.Parameter{p}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{"", "x", "=1", " = "} {
		if _, err := notebook.ParseParameter(text); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}

func TestParametersNeedTheirCell(t *testing.T) {
	set := notebook.Options{Parameters: []notebook.Parameter{{Name: "x", Value: "1"}}}
	for _, raw := range [][]byte{text(code("x := 1")), text(code("func f() {}", "parameters"))} {
		if _, err := notebook.Run(t.Context(), parse(t, raw), &enginetest.Engine{}, set); err == nil {
			t.Errorf("%s: no error", raw)
		}
	}
}

func TestInjectedCellIsReplaced(t *testing.T) {
	for _, raw := range [][]byte{
		text(code("x := 1", "parameters"), code("x = 5", "injected-parameters"), code("value")),
		text(code("x = 5", "injected-parameters"), code("x := 1", "parameters")),
	} {
		n := parse(t, raw)
		before := len(written(t, n).Cells)
		run(t, n, notebook.Options{Parameters: []notebook.Parameter{{Name: "x", Value: "2"}}})
		f := written(t, n)
		injected := 0
		for _, c := range f.Cells {
			if tags, ok := c.Metadata["tags"].([]any); ok && tags[0] == "injected-parameters" {
				injected++
			}
		}
		if len(f.Cells) != before || injected != 1 || f.Metadata.Scorebook.Parameters["x"] != "2" {
			t.Errorf("%d cells, %d injected, x = %v", len(f.Cells), injected, f.Metadata.Scorebook.Parameters["x"])
		}
	}
}
