package notebook_test

import (
	"bytes"
	"encoding/json"
	"runtime"
	"strings"
	"testing"

	"scorebook/kernel/notebook"
)

const (
	held = `check {"name":"KL","value":0.004,"relation":"<","bound":0.01,"ok":true}`
	not  = `check {"name":"KL","value":0.4,"relation":"<","bound":0.01,"ok":false}`
)

// executed is the text of a notebook that has been run, and read back.
func executed(t *testing.T, cells ...map[string]any) []byte {
	t.Helper()
	n := parse(t, text(cells...))
	run(t, n, notebook.Options{})
	raw, err := n.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if here, there := n.Stale(), parse(t, raw).Stale(); strings.Join(here, ";") != strings.Join(there, ";") {
		t.Errorf("in memory %q, on file %q", here, there)
	}
	return raw
}

func TestARunIsStamped(t *testing.T) {
	n := parse(t, executed(t, code("set x 1", "parameters"), code("  "), code(held), code("fail oops", "raises-exception")))
	if why := n.Stale(); len(why) > 0 {
		t.Errorf("stale: %q", why)
	}
	s := n.Stamp()
	if s.Version != "1.2.3" || s.Arch != runtime.GOARCH || s.Checks != 1 || len(s.Sources) != 16 || len(s.Results) != 16 {
		t.Errorf("%+v", s)
	}
	before, _ := n.Bytes()
	n.Stale()
	if after, _ := n.Bytes(); !bytes.Equal(before, after) {
		t.Error("looking at a notebook changes it")
	}
}

func TestWhatMakesOutputsStale(t *testing.T) {
	fresh := string(executed(t, code("value old"), code(held)))
	for name, c := range map[string]struct{ raw, want string }{
		"a source is edited":       {strings.Replace(fresh, "value old", "value new", 1), "sources have changed"},
		"a value is edited":        {strings.Replace(fresh, `"value": 0.004`, `"value": 0.003`, 1), "not those that the run made"},
		"an output is taken away":  {strings.Replace(fresh, `"execution_count": 2`, `"execution_count": null`, 1), "cell 2 has no outputs"},
		"a check fails":            {string(executed(t, code(not))), `"KL" fails`},
		"a cell fails":             {string(executed(t, code("fail oops"), code("value 1"))), "not been run to its end"},
		"it was never run":         {string(text(code("value 1"))), "not been run to its end"},
		"a cell was run by itself": {strings.Replace(fresh, `"execution_count": 2`, `"execution_count": 7`, 1), "cell 2 has no outputs"},
	} {
		if why := strings.Join(parse(t, []byte(c.raw)).Stale(), "; "); !strings.Contains(why, c.want) {
			t.Errorf("%s: %q, want %q", name, why, c.want)
		}
	}
}

func TestFailedRunTakesTheStampAway(t *testing.T) {
	var fields map[string]any
	if err := json.Unmarshal(executed(t, code("value 1")), &fields); err != nil {
		t.Fatal(err)
	}
	fields["cells"].([]any)[0].(map[string]any)["source"] = "fail oops"
	raw, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	n := parse(t, raw)
	run(t, n, notebook.Options{})
	if s := n.Stamp(); s.Sources != "" || s.Results != "" {
		t.Errorf("%+v", s)
	}
}

func TestDifferences(t *testing.T) {
	stored := string(executed(t, code(held), code(held, "timing")))
	near := strings.Replace(held, "0.004", "0.005", 1)
	for name, c := range map[string]struct {
		stored string
		fresh  []map[string]any
		want   []string
	}{
		"the same":                {stored, []map[string]any{code(held), code(held)}, nil},
		"another value":           {stored, []map[string]any{code(near), code(held)}, []string{"KL: 0.005, stored 0.004"}},
		"another time":            {stored, []map[string]any{code(held), code(near)}, nil},
		"a time that fails":       {stored, []map[string]any{code(held), code(not)}, []string{"KL: 0.4, stored 0.004"}},
		"fewer":                   {stored, []map[string]any{code(held)}, []string{"1 checks, but 2 are stored"}},
		"another name":            {stored, []map[string]any{code(strings.Replace(held, "KL", "TV", 1)), code(held)}, []string{`the check "TV" stands where "KL" is stored`}},
		"another processor":       {strings.Replace(stored, `"`+runtime.GOARCH+`"`, `"other"`, 1), []map[string]any{code(near), code(held)}, nil},
		"another, where it fails": {strings.Replace(stored, `"`+runtime.GOARCH+`"`, `"other"`, 1), []map[string]any{code(not), code(held)}, []string{"KL: 0.4, stored 0.004"}},
	} {
		report := run(t, parse(t, text(c.fresh...)), notebook.Options{})
		if got := parse(t, []byte(c.stored)).Differences(report.Checks); strings.Join(got, ";") != strings.Join(c.want, ";") {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
