package notebook_test

import (
	"bytes"
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"scorebook/kernel/notebook"
	"scorebook/kernel/server/enginetest"
)

func TestRun(t *testing.T) {
	n := parse(t, text(
		map[string]any{"cell_type": "markdown", "source": "text", "metadata": map[string]any{}},
		code("set x 7"),
		code("  "),
		code("print a\\nb\nprint c\\n\neprint e\nprint d\ndisplay - p\\nq\nget x"),
	))
	r := run(t, n, notebook.Options{})
	if !r.OK() || r.Cells != 3 || r.Of != 3 {
		t.Errorf("%+v", r)
	}
	want := []string{
		`{"name":"stdout","output_type":"stream","text":["a\n","bc\n"]}`,
		`{"name":"stderr","output_type":"stream","text":["e"]}`,
		`{"name":"stdout","output_type":"stream","text":["d"]}`,
		`{"data":{"text/plain":["p\\nq"]},"metadata":{},"output_type":"display_data"}`,
		`{"data":{"text/plain":["7"]},"execution_count":2,"metadata":{},"output_type":"execute_result"}`,
	}
	if got := outputs(t, n, 3); !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	f := written(t, n)
	if f.Cells[2].ExecutionCount != nil || *f.Cells[3].ExecutionCount != 2 || f.Cells[0].Outputs != nil {
		t.Errorf("%+v", f.Cells)
	}
	if f.Metadata.Kernelspec["name"] != "scorebook" || f.Metadata.LanguageInfo["file_extension"] != ".go" || f.Metadata.Scorebook.Version != "1.2.3" {
		t.Errorf("%+v", f.Metadata)
	}
}

func TestRunsAgree(t *testing.T) {
	var first []byte
	for range 3 {
		n := parse(t, text(code("print a\neprint b\ndisplay i 1"), code("update i 2\nvalue 3")))
		run(t, n, notebook.Options{})
		got, err := n.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := parse(t, got).Bytes(); err != nil || !bytes.Equal(got, again) {
			t.Errorf("what was written changes when it is read and written again: %v", err)
		}
		if first == nil {
			first = got
		}
		if !bytes.Equal(first, got) {
			t.Errorf("%s\n%s", first, got)
		}
	}
}

func TestDisplaysAreUpdated(t *testing.T) {
	n := parse(t, text(
		code("display i 1\ndisplay i 1\ndisplay - still\nupdate none x"),
		code("update i 2"),
		code("print gone\nclear now\nprint kept\nclear wait\nclear wait"),
		code("print gone\nclear wait\nprint new"),
	))
	run(t, n, notebook.Options{})
	for cell, want := range []string{
		`{"data":{"text/plain":["2"]},"metadata":{},"output_type":"display_data"}` +
			`{"data":{"text/plain":["2"]},"metadata":{},"output_type":"display_data"}` +
			`{"data":{"text/plain":["still"]},"metadata":{},"output_type":"display_data"}`,
		``,
		`{"name":"stdout","output_type":"stream","text":["kept"]}`,
		`{"name":"stdout","output_type":"stream","text":["new"]}`,
	} {
		if got := strings.Join(outputs(t, n, cell), ""); got != want {
			t.Errorf("cell %d: %s\nwant %s", cell, got, want)
		}
	}
}

func TestStopsAtTheFirstFailure(t *testing.T) {
	later := code("value 3")
	later["outputs"] = []any{map[string]any{"output_type": "stream", "name": "stdout", "text": "from before"}}
	later["execution_count"] = 17
	n := parse(t, text(code("value 1"), code("print x\nfail oops"), later))
	r := run(t, n, notebook.Options{})
	if r.OK() || r.Cells != 2 || r.Of != 3 || r.Failed.Cell != 2 || r.Failed.Name != "TestError" || r.Failed.Value != "oops" || len(r.Failed.Traceback) != 2 {
		t.Errorf("%+v %+v", r, r.Failed)
	}
	if got := outputs(t, n, 1)[1]; got != `{"ename":"TestError","evalue":"oops","output_type":"error","traceback":["line 1","\u001b[31moops\u001b[0m"]}` {
		t.Error(got)
	}
	if f := written(t, n); *f.Cells[2].ExecutionCount != 17 || f.Cells[2].Outputs[0]["text"] != "from before" {
		t.Errorf("the cell after the failure was touched: %+v", f.Cells[2])
	}
}

func TestExpectedFailure(t *testing.T) {
	n := parse(t, text(code("fail oops", "raises-exception"), code("value 2")))
	if r := run(t, n, notebook.Options{}); !r.OK() || r.Cells != 2 {
		t.Errorf("%+v %+v", r, r.Failed)
	}
}

func TestNobodyCanBeAsked(t *testing.T) {
	r := run(t, parse(t, text(code("readline"))), notebook.Options{})
	if r.OK() || !strings.Contains(r.Failed.Value, "allow_stdin") {
		t.Errorf("%+v", r.Failed)
	}
}

func TestChecks(t *testing.T) {
	n := parse(t, text(
		code(`check {"name":"KL","value":0.004,"relation":"<","bound":0.01,"ok":true}`),
		code(`value x`),
		code(`check {"name":"K","value":"NaN","relation":"±","bound":1,"tolerance":0.5,"ok":false}`+"\n"+`check {"name":7}`),
	))
	r := run(t, n, notebook.Options{})
	if r.OK() || r.Failed != nil || len(r.Checks) != 3 {
		t.Fatalf("%+v", r)
	}
	if got := r.Checks[0]; got != (notebook.Check{Cell: 1, Name: "KL", Value: 0.004, Relation: "<", Bound: 0.01, OK: true}) {
		t.Errorf("%+v", got)
	}
	if got := r.Checks[1]; got.Cell != 3 || !math.IsNaN(got.Value) || got.Tolerance != 0.5 || got.OK {
		t.Errorf("%+v", got)
	}
	if got := r.Checks[2]; got.OK || !strings.Contains(got.Name, "unreadable") {
		t.Errorf("%+v", got)
	}
}

// diary writes down what a watcher is told.
type diary struct{ lines []string }

func (d *diary) CellStarted(s notebook.Step) { d.add("start ", s.Number, "/", s.Of, " ", s.Source) }
func (d *diary) CellProgressed(_ notebook.Step, line string) {
	d.add("line ", line)
}
func (d *diary) CellChecked(_ notebook.Step, c notebook.Check) { d.add("check ", c.Name, " ", c.OK) }
func (d *diary) CellEnded(_ notebook.Step, f *notebook.Failure) {
	if f == nil {
		d.add("end")
	} else {
		d.add("failed ", f.Name)
	}
}
func (d *diary) add(values ...any) { d.lines = append(d.lines, sum(values...)) }

func TestWatcher(t *testing.T) {
	d := &diary{}
	n := parse(t, text(code("display bar 10 %\nupdate bar 20 %\ndisplay - figure"), code(`check {"name":"c","value":1,"bound":2,"ok":true}`), code("fail x")))
	run(t, n, notebook.Options{Watch: d})
	for i, want := range []string{"start 1/3 display", "line 10 %", "line 20 %", "end", "start 2/3 check", "check c true", "end", "start 3/3 fail", "failed TestError"} {
		if i >= len(d.lines) || !strings.HasPrefix(d.lines[i], want) {
			t.Fatalf("line %d of %q, want %q", i, d.lines, want)
		}
	}
}

func TestRunCanBeStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	engine := &enginetest.Engine{Started: make(chan string)}
	go func() { <-engine.Started; stop() }()
	n := parse(t, text(code("print before\nblock"), code("value 2")))
	r, err := notebook.Run(ctx, n, engine, notebook.Options{})
	if err != nil || r.Failed == nil || r.Failed.Name != "Interrupted" || r.Cells != 1 {
		t.Errorf("%+v %+v %v", r, r.Failed, err)
	}
	if got := outputs(t, n, 0); len(got) != 2 {
		t.Errorf("what the cell had printed was lost: %q", got)
	}
	r, err = notebook.Run(ctx, n, &enginetest.Engine{}, notebook.Options{})
	if err != nil || r.Failed == nil || r.Cells != 0 {
		t.Errorf("%+v %v", r, err)
	}
}

func TestOutputOfAnEarlierCell(t *testing.T) {
	engine := &enginetest.Engine{Later: make(chan struct{}), Started: make(chan string)}
	go func() {
		<-engine.Started
		<-engine.Started
		close(engine.Later)
	}()
	n := parse(t, text(code("later from the first"), code("sleep 200ms")))
	if _, err := notebook.Run(t.Context(), n, engine, notebook.Options{}); err != nil {
		t.Fatal(err)
	}
	if got := outputs(t, n, 0); len(got) != 1 || !strings.Contains(got[0], "from the first") {
		t.Errorf("%q", got)
	}
}
