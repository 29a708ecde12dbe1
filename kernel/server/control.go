package server

import (
	"context"

	"scorebook/kernel/protocol"
)

// interruptCell stops the running cell, as a signal does.
func (s *Server) interruptCell(context.Context, *request) any {
	s.Interrupt()
	return protocol.InterruptReply{Status: protocol.OK}
}

// shutdown confirms the end; the kernel ends once the reply has been sent.
func (s *Server) shutdown(_ context.Context, _ *request, r protocol.ShutdownRequest) any {
	return protocol.ShutdownReply{Status: protocol.OK, Restart: r.Restart}
}
