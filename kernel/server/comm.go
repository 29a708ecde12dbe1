package server

import (
	"context"

	"scorebook/kernel/protocol"
)

// commInfo lists the open comms. No target is registered with this kernel, so there are none.
func (s *Server) commInfo(context.Context, *request) any {
	return protocol.CommInfoReply{Status: protocol.OK}
}

// commOpen closes at once a comm whose target nobody has registered.
func (s *Server) commOpen(_ context.Context, r *request, c protocol.CommOpen) any {
	s.logf("comm %s: no target %q", c.CommID, c.TargetName)
	s.publish(r.Message, "comm_close", protocol.CommClose{CommID: c.CommID})
	return nil
}

// commMsg drops data for a comm that is not open.
func (s *Server) commMsg(_ context.Context, _ *request, c protocol.CommMsg) any {
	s.logf("comm %s is not open", c.CommID)
	return nil
}

// commClose finds nothing to close: the front end may close what it has just been told is closed.
func (s *Server) commClose(context.Context, *request, protocol.CommClose) any { return nil }
