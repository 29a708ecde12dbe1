package server

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"

	"scorebook/kernel/cell"
	"scorebook/kernel/display"
	"scorebook/kernel/protocol"
)

// execution is one cell on its way.
type execution struct {
	server *Server
	ctx    context.Context
	out    *output
	in     *input
	number int // shown beside the cell
}

// execute runs a cell.
func (s *Server) execute(ctx context.Context, r *request, e protocol.ExecuteRequest) any {
	stored := e.StoreHistory && !e.Silent
	if strings.TrimSpace(e.Code) == "" {
		return s.executed(nil, nil)
	}
	if stored {
		s.count++
	}
	if !e.Silent {
		s.publish(r.Message, "execute_input", protocol.ExecuteInput{Code: e.Code, ExecutionCount: s.count})
	}
	if stored {
		s.history.add(s.count, e.Code)
	}
	if name, detail, ok := question(e.Code); ok {
		return s.page(name, detail)
	}
	x := s.begin(ctx, r, e.AllowStdin)
	reply, ok := x.run(e, stored)
	x.finish()
	if !ok && e.StopOnError {
		s.stopOnError(r)
	}
	return reply
}

// begin makes the cell that an interrupt stops. Its context has no parent that could end it or would have to remember it:
// goroutines of the cell may outlive it.
func (s *Server) begin(ctx context.Context, r *request, allowStdin bool) *execution {
	cellCtx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	x := &execution{server: s, number: s.count}
	x.out = &output{publish: func(msgType string, content any) { s.publish(r.Message, msgType, content) }}
	x.in = &input{server: s, ctx: cellCtx, request: r, out: x.out, allowed: allowStdin, ended: make(chan struct{})}
	x.ctx = display.WithAsker(display.WithPublisher(cellCtx, publisher{x.out}), x.in)
	s.mu.Lock()
	s.interrupt = cancel
	s.mu.Unlock()
	if ctx.Err() != nil {
		cancel()
	}
	return x
}

// finish makes sure that everything shown so far has been sent.
func (x *execution) finish() {
	x.server.mu.Lock()
	x.server.interrupt = nil
	x.server.mu.Unlock()
	close(x.in.ended)
	x.out.flush()
}

// run evaluates the cell and its user expressions; ok tells whether the cell succeeded.
func (x *execution) run(e protocol.ExecuteRequest, stored bool) (reply any, ok bool) {
	bundle, shown, err := x.evaluate(e.Code)
	if err != nil {
		x.out.send("error", protocol.Error{EName: err.Name, EValue: err.Value, Traceback: err.Traceback})
		failed := protocol.ExecuteErrorReply{EName: err.Name, EValue: err.Value, Traceback: err.Traceback}
		failed.Status, failed.ExecutionCount = protocol.Failed, x.number
		return failed, false
	}
	if shown && !e.Silent {
		x.out.send("execute_result", protocol.ExecuteResult{
			ExecutionCount: x.number, Data: bundle.Data, Metadata: bundle.Metadata,
		})
	}
	if text, ok := bundle.Data[display.TextPlain].(string); shown && stored && ok {
		x.server.history.result(text)
	}
	return x.server.executed(nil, x.expressions(e.UserExpressions)), true
}

func (s *Server) executed(payload []any, expressions protocol.Dict) any {
	return protocol.ExecuteReply{
		Status: protocol.OK, ExecutionCount: s.count, Payload: payload, UserExpressions: expressions,
	}
}

// evaluate runs code and renders its value, if it is to be shown.
func (x *execution) evaluate(code string) (b display.Bundle, shown bool, failure *cell.Error) {
	defer func() {
		if fault := recover(); fault != nil {
			x.server.logf("engine: %v\n%s", fault, debug.Stack())
			failure = explain(x.ctx, fmt.Errorf("the kernel itself panicked: %v", fault))
		}
	}()
	result, err := x.parts(cell.Source{Number: x.number, Text: code})
	if err != nil {
		return display.Bundle{}, false, explain(x.ctx, err)
	}
	if !result.Shown || result.Quiet {
		return display.Bundle{}, false, nil
	}
	return x.server.options.Renderer.Render(result.Value), true, nil
}

// parts runs a cell's Go and its magics one after the other, and gives the last one's value.
func (x *execution) parts(src cell.Source) (result cell.Result, err error) {
	for _, p := range cell.Parts(src) {
		if p.Magic != nil {
			result, err = x.magic(src, p)
		} else {
			result, err = x.server.engine.Evaluate(x.ctx, p.Code, x.streams())
		}
		if err != nil {
			break
		}
	}
	return result, err
}

func (x *execution) streams() cell.Streams {
	return cell.Streams{Stdout: x.out.stream(stdout), Stderr: x.out.stream(stderr), Stdin: x.in}
}

// expressions evaluates each user expression, in the order of their names.
func (x *execution) expressions(codes map[string]string) protocol.Dict {
	values := protocol.Dict{}
	for _, name := range slices.Sorted(maps.Keys(codes)) {
		b, _, err := x.evaluate(codes[name])
		if err != nil {
			values[name] = protocol.ErrorReply{
				Status: protocol.Failed, EName: err.Name, EValue: err.Value, Traceback: err.Traceback,
			}
			continue
		}
		values[name] = protocol.Expression{Status: protocol.OK, Data: b.Data, Metadata: b.Metadata}
	}
	return values
}

// explain turns whatever an engine returns into what a front end shows.
func explain(ctx context.Context, err error) *cell.Error {
	var shown cell.Error
	var known *cell.Error
	if errors.As(err, &known) {
		shown = *known
	} else {
		shown = cell.Error{Name: "Error", Value: err.Error()}
	}
	if ctx.Err() != nil || errors.Is(err, context.Canceled) {
		shown.Name = "Interrupted"
		if known == nil {
			shown.Value = "the cell was stopped; what it had computed is kept"
		}
	}
	if len(shown.Traceback) == 0 {
		shown.Traceback = []string{shown.Error()}
	}
	return &shown
}
