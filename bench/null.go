package main

import (
	"encoding/json"
	"flag"
	"io"
	"log"
	"strings"

	"scorebook/kernel/protocol"
	"scorebook/kernel/wire"
)

// benchNull is the kernel that does nothing: it answers every cell with 2 at once. What a client takes with it is the
// client's own time. Its one argument is a connection file.
func benchNull(args []string) error {
	flags := flag.NewFlagSet("null", flag.ExitOnError)
	if err := flags.Parse(args); err != nil {
		return err
	}
	connection, err := wire.ReadConnection(flags.Arg(0))
	if err != nil {
		return err
	}
	session := protocol.NewID()
	sockets, err := wire.Listen(connection, wire.Options{Session: session, Log: log.New(io.Discard, "", 0)})
	if err != nil {
		return err
	}
	defer sockets.Close()
	ended := make(chan struct{})
	go sockets.Serve(func(channel protocol.Channel, m protocol.Message) {
		if null(sockets, session).answer(channel, m); m.Header.MsgType == "shutdown_request" {
			close(ended)
		}
	})
	<-ended
	return nil
}

type nullKernel struct {
	sockets *wire.Sockets
	session string
}

func null(s *wire.Sockets, session string) nullKernel { return nullKernel{s, session} }

func (k nullKernel) answer(channel protocol.Channel, m protocol.Message) {
	k.publish(m, "status", protocol.Status{ExecutionState: "busy"})
	k.reply(channel, m)
	k.publish(m, "status", protocol.Status{ExecutionState: "idle"})
}

func (k nullKernel) reply(channel protocol.Channel, m protocol.Message) {
	var content any = map[string]any{"status": "ok"}
	switch m.Header.MsgType {
	case "kernel_info_request":
		content = protocol.KernelInfoReply{Status: protocol.OK, ProtocolVersion: protocol.Version, Implementation: "null",
			LanguageInfo: protocol.LanguageInfo{Name: "null"}}
	case "execute_request":
		var e protocol.ExecuteRequest
		if json.Unmarshal(m.Content, &e) == nil {
			k.publish(m, "execute_input", protocol.ExecuteInput{Code: e.Code, ExecutionCount: 1})
		}
		k.publish(m, "execute_result", protocol.ExecuteResult{ExecutionCount: 1,
			Data: protocol.Dict{"text/plain": "2"}, Metadata: protocol.Dict{}})
		content = protocol.ExecuteReply{Status: protocol.OK, ExecutionCount: 1}
	}
	child, err := m.Child(k.session, strings.TrimSuffix(m.Header.MsgType, "_request")+"_reply", content)
	if err == nil {
		err = k.sockets.Send(channel, child)
	}
	if err != nil {
		log.Print(err)
	}
}

func (k nullKernel) publish(m protocol.Message, msgType string, content any) {
	child, err := m.Child(k.session, msgType, content)
	if err != nil {
		log.Print(err)
		return
	}
	child.Identities = nil
	k.sockets.Publish(child)
}
