package server

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"
	"time"

	"scorebook/kernel/display"
	"scorebook/kernel/protocol"
)

// input is the standard input of one cell: each time it runs dry, the front end is asked for a line.
type input struct {
	server  *Server
	ctx     context.Context
	request *request
	out     *output
	allowed bool

	mu    sync.Mutex
	line  []byte        // typed and not yet read
	ended chan struct{} // closed when the cell ends: nobody is asked on its behalf any more
}

var _ display.Asker = (*input)(nil)

var (
	errNoInput  = errors.New("this front end cannot be asked for input (allow_stdin is false)")
	errNoAnswer = errors.New("the front end did not answer the request for input")
)

// Read returns what was typed, a line at a time.
func (in *input) Read(p []byte) (int, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if len(p) == 0 {
		return 0, nil
	}
	if len(in.line) == 0 {
		line, err := in.ask("", false)
		if err != nil {
			return 0, err
		}
		in.line = []byte(line + "\n")
	}
	n := copy(p, in.line)
	in.line = in.line[n:]
	return n, nil
}

// Ask shows a prompt and returns the line typed, without its end.
func (in *input) Ask(prompt string, hidden bool) (string, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.ask(prompt, hidden)
}

func (in *input) ask(prompt string, hidden bool) (string, error) {
	if !in.allowed {
		return "", errNoInput
	}
	select {
	case <-in.ended:
		return "", io.EOF
	default:
	}
	in.out.flush()
	in.server.dropAnswers()
	m, err := in.request.Child(in.server.options.Session, "input_request",
		protocol.InputRequest{Prompt: prompt, Password: hidden})
	if err != nil {
		return "", err
	}
	if err := in.send(m); err != nil {
		return "", err
	}
	return in.await(m.Header.MsgID)
}

// connecting is how long a front end's stdin may lag behind its shell.
const connecting = 2 * time.Second

func (in *input) send(m protocol.Message) error {
	for end := time.Now().Add(connecting); ; {
		err := in.server.sender.Send(protocol.Stdin, m)
		if err == nil || time.Now().After(end) {
			return err
		}
		select {
		case <-in.ctx.Done():
			return in.ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// await returns the answer to the request of the given id. Some front ends do not say which request they answer.
func (in *input) await(id string) (string, error) {
	for {
		select {
		case <-in.ctx.Done():
			return "", in.ctx.Err()
		case <-in.ended:
			return "", io.EOF
		case m := <-in.server.answers:
			if parent := m.Parent().MsgID; m.Header.MsgType != "input_reply" || parent != "" && parent != id {
				continue
			}
			var reply protocol.InputReply
			if json.Unmarshal(m.Content, &reply) != nil || reply.Status == protocol.Failed {
				return "", errNoAnswer
			}
			return reply.Value, nil
		}
	}
}

// dropAnswers forgets answers that came too late for their request.
func (s *Server) dropAnswers() {
	for {
		select {
		case <-s.answers:
		default:
			return
		}
	}
}
