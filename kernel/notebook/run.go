package notebook

import (
	"context"
	"fmt"
	"strings"
	"time"

	"scorebook/kernel/protocol"
	"scorebook/kernel/server"
)

// Options may be left zero.
type Options struct {
	Server     server.Options // Version also goes into the notebook's metadata
	Parameters []Parameter
	Watch      Watcher // nil = nobody watches
}

// Run runs the code cells of n on e, which should be fresh, and stores their outputs in n. It stops at the first cell that
// fails, or when ctx ends, and leaves the cells after it as they were; a cell tagged raises-exception may fail. The error
// tells that nothing was run at all.
func Run(ctx context.Context, n *Notebook, e server.Engine, o Options) (Report, error) {
	if err := n.inject(o.Parameters); err != nil {
		return Report{}, err
	}
	if o.Watch == nil {
		o.Watch = nobody{}
	}
	r := &runner{notebook: n, watch: o.Watch}
	r.front = newFrontEnd(r.displayed)
	r.server = server.New(e, r.front, r.front, o.Server)
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	stopped := make(chan struct{})
	go func() { r.server.Run(serving); close(stopped) }()
	defer func() { stop(); <-stopped }()
	if err := r.describe(ctx, o.Server.Version); err != nil {
		return Report{}, err
	}
	report := r.run(ctx)
	if n.unstamp(); report.Failed == nil {
		n.stamp(report.Checks)
	}
	return report, nil
}

// runner is one run.
type runner struct {
	notebook *Notebook
	watch    Watcher
	front    *frontEnd
	server   *server.Server
	step     Step   // the running cell, guarded by the front end's lock
	request  string // and its request
	pages    []*page
	report   Report
}

func (r *runner) run(ctx context.Context) Report {
	code := r.notebook.code()
	for _, c := range code {
		r.report.Of += counted(c)
	}
	for i, c := range code {
		step := Step{Number: i + 1, Of: len(code), Source: c.source()}
		if r.report.Failed = r.cell(ctx, c, step); r.report.Failed != nil {
			break
		}
	}
	r.store(code)
	return r.report
}

// counted is 1 for a cell of the notebook's author, and 0 for the one that sets parameters.
func counted(c *cell) int {
	if c.tagged(injectedTag) {
		return 0
	}
	return 1
}

// cell runs one cell.
func (r *runner) cell(ctx context.Context, c *cell, step Step) *Failure {
	if ctx.Err() != nil {
		return &Failure{Cell: step.Number, Name: "Interrupted", Value: "the run was stopped"}
	}
	mayFail := c.tagged("raises-exception")
	m, p, done, err := r.front.request("execute_request", protocol.ExecuteRequest{
		Code: step.Source, StoreHistory: true, StopOnError: !mayFail,
	})
	if err != nil {
		return &Failure{Cell: step.Number, Name: "Error", Value: err.Error()}
	}
	r.begin(step, m.Header.MsgID)
	r.server.Handle(protocol.Shell, m)
	reply := content[protocol.ExecuteErrorReply](r.await(ctx, done))
	r.pages = append(r.pages, p)
	r.report.Cells += counted(c)
	if c.number(reply.ExecutionCount); strings.TrimSpace(step.Source) == "" {
		c.number(0)
	}
	var failure *Failure
	if reply.Status != protocol.OK && (!mayFail || ctx.Err() != nil) {
		failure = &Failure{Cell: step.Number, Name: reply.EName, Value: reply.EValue, Traceback: reply.Traceback}
	}
	r.end(failure)
	return failure
}

// await waits for the end of a request, and hurries it when ctx ends.
func (r *runner) await(ctx context.Context, done <-chan protocol.Message) protocol.Message {
	select {
	case m := <-done:
		return m
	case <-ctx.Done():
	}
	for {
		r.server.Interrupt() // again and again, because the cell may not have begun
		select {
		case m := <-done:
			return m
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (r *runner) begin(step Step, request string) {
	r.front.mu.Lock()
	defer r.front.mu.Unlock()
	r.step, r.request = step, request
	r.watch.CellStarted(r.step)
}

func (r *runner) end(f *Failure) {
	r.front.mu.Lock()
	defer r.front.mu.Unlock()
	r.watch.CellEnded(r.step, f)
}

// displayed tells the watcher what the running cell displays.
func (r *runner) displayed(request string, data protocol.Dict, id string) {
	if request != r.request {
		return
	}
	if c, ok := readCheck(r.step.Number, data); ok {
		r.watch.CellChecked(r.step, c)
	} else if text, ok := data["text/plain"].(string); ok && id != "" {
		r.watch.CellProgressed(r.step, text)
	}
}

// store puts the outputs into the notebook, at the end because a later cell may change what an earlier one displays.
func (r *runner) store(code []*cell) {
	r.front.mu.Lock()
	defer r.front.mu.Unlock()
	for i, p := range r.pages {
		code[i].fields["outputs"] = p.fields()
		r.report.Checks = append(r.report.Checks, p.checks(i+1)...)
	}
}

// describe stores in the notebook what ran it: the kernel, its language and version, and the parameters.
func (r *runner) describe(ctx context.Context, version string) error {
	m, _, done, err := r.front.request("kernel_info_request", struct{}{})
	if err != nil {
		return fmt.Errorf("notebook: %w", err)
	}
	r.server.Handle(protocol.Shell, m)
	info := content[struct {
		LanguageInfo map[string]any `json:"language_info"`
	}](r.await(ctx, done))
	metadata := r.notebook.metadata()
	metadata["language_info"] = info.LanguageInfo
	if _, ok := metadata["kernelspec"]; !ok {
		metadata["kernelspec"] = map[string]any{"name": "scorebook", "display_name": "Go (scorebook)", "language": "go"}
	}
	own := object(metadata, "scorebook")
	own["version"] = version
	if values := r.notebook.parameterValues(); len(values) > 0 {
		own["parameters"] = values
	}
	return nil
}
