package server

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strings"

	"scorebook/kernel/protocol"
)

// handler answers a request with the content of its reply, or with nil when its type has none.
type handler func(ctx context.Context, r *request) any

const executeRequest = "execute_request"

// table lists what is answered on each channel. Control runs beside the cells, so it has only what needs no Engine.
func (s *Server) table() map[protocol.Channel]map[string]handler {
	control := map[string]handler{
		"kernel_info_request": s.kernelInfo,
		"interrupt_request":   s.interruptCell,
		"shutdown_request":    decoded(s.shutdown),
	}
	shell := map[string]handler{
		executeRequest:        decoded(s.execute),
		"is_complete_request": decoded(s.isComplete),
		"complete_request":    decoded(s.complete),
		"inspect_request":     decoded(s.inspect),
		"history_request":     decoded(s.searchHistory),
		"comm_info_request":   s.commInfo,
		"comm_open":           decoded(s.commOpen),
		"comm_msg":            decoded(s.commMsg),
		"comm_close":          decoded(s.commClose),
	}
	for name, h := range control {
		shell[name] = h
	}
	return map[protocol.Channel]map[string]handler{protocol.Shell: shell, protocol.Control: control}
}

// decoded makes a handler of one that takes the request's content as a struct.
func decoded[C any](h func(context.Context, *request, C) any) handler {
	return func(ctx context.Context, r *request) any {
		var content C
		if err := json.Unmarshal(r.Content, &content); err != nil {
			return badRequest{err}
		}
		return h(ctx, r, content)
	}
}

// badRequest stands for the content of a reply to a request that makes no sense.
type badRequest struct{ error }

// answer does everything that one request is due: busy, its handler, the reply on the channel it came in on, idle.
func (s *Server) answer(ctx context.Context, r *request) {
	s.state(r, "busy")
	reply := s.handle(ctx, r)
	if bad, ok := reply.(badRequest); ok {
		s.logf("%s: %s: %v", r.channel, r.Header.MsgType, bad.error)
		reply = s.failed(r, "BadRequest", bad.Error(), nil)
	}
	if reply != nil {
		s.reply(r, reply)
	}
	s.state(r, "idle")
	if down, ok := reply.(protocol.ShutdownReply); ok {
		s.end(down.Restart)
	}
}

// handle never panics: a fault of the kernel costs one request.
func (s *Server) handle(ctx context.Context, r *request) (reply any) {
	defer func() {
		if fault := recover(); fault != nil {
			s.logf("%s: %v\n%s", r.Header.MsgType, fault, debug.Stack())
			reply = s.failed(r, "KernelFault", fmt.Sprint(fault), nil)
		}
	}()
	h := s.handlers[r.channel][r.Header.MsgType]
	if h == nil {
		return s.unknown(r)
	}
	if r.Header.MsgType == executeRequest && (r.aborted || s.failure.precedes(r)) {
		return s.failed(r, "Aborted", "an earlier cell failed", nil)
	}
	return h(ctx, r)
}

// unknown answers a request of a type that is not known, so that nobody waits for ever.
func (s *Server) unknown(r *request) any {
	s.logf("%s: unknown message type %q", r.channel, r.Header.MsgType)
	if !strings.HasSuffix(r.Header.MsgType, "_request") {
		return nil
	}
	return s.failed(r, "UnknownRequest", r.Header.MsgType+" is not answered on "+r.channel.String(), nil)
}

// failed is the reply to a request that could not be carried out.
func (s *Server) failed(r *request, name, value string, traceback []string) any {
	if r.Header.MsgType == executeRequest && r.channel == protocol.Shell {
		return protocol.ExecuteErrorReply{
			ExecuteReply: protocol.ExecuteReply{Status: protocol.Failed, ExecutionCount: s.count},
			EName:        name, EValue: value, Traceback: traceback,
		}
	}
	return protocol.ErrorReply{Status: protocol.Failed, EName: name, EValue: value, Traceback: traceback}
}

func (s *Server) state(r *request, state string) {
	s.publish(r.Message, "status", protocol.Status{ExecutionState: state})
}

// publish sends to everybody what a request has caused.
func (s *Server) publish(cause protocol.Message, msgType string, content any) {
	m, err := cause.Child(s.options.Session, msgType, content)
	if err != nil {
		s.logf("%v", err)
		return
	}
	m.Identities = nil
	s.iopub.Publish(m)
}

func (s *Server) reply(r *request, content any) {
	m, err := r.Child(s.options.Session, strings.TrimSuffix(r.Header.MsgType, "_request")+"_reply", content)
	if err != nil {
		s.logf("%v", err)
		return
	}
	if err := s.sender.Send(r.channel, m); err != nil {
		s.logf("%s: %v", m.Header.MsgType, err)
	}
	if m.Header.MsgType == "shutdown_reply" {
		m.Identities = nil
		s.iopub.Publish(m)
	}
}
