package server

import (
	"context"
	"regexp"
	"unicode/utf8"

	"scorebook/kernel/cell"
	"scorebook/kernel/display"
	"scorebook/kernel/protocol"
)

// complete lists what may stand at the cursor.
func (s *Server) complete(_ context.Context, _ *request, c protocol.CompleteRequest) any {
	found := s.completion(c.Code, within(c.Code, c.CursorPos))
	reply := protocol.CompleteReply{Status: protocol.OK, CursorStart: found.Start, CursorEnd: found.End}
	for _, m := range found.Matches {
		reply.Matches = append(reply.Matches, m.Text)
		reply.Metadata.Types = append(reply.Metadata.Types, protocol.CompleteType{
			Start: found.Start, End: found.End, Text: m.Text, Type: m.Kind, Signature: m.Signature,
		})
	}
	return reply
}

// completion completes on the lines of magics itself.
func (s *Server) completion(code string, cursor int) cell.Completion {
	var names []cell.Match
	for _, m := range magics() {
		if m.name != "!" {
			names = append(names, cell.Match{Text: m.spelled(), Kind: "magic", Signature: m.args})
		}
	}
	found, rest, ok := cell.CompleteMagic(code, cursor, names)
	if !ok {
		return s.engine.Complete(rest, cursor)
	}
	return found
}

// inspect describes the name at the cursor.
func (s *Server) inspect(_ context.Context, _ *request, i protocol.InspectRequest) any {
	found := s.engine.Inspect(i.Code, within(i.Code, i.CursorPos), i.DetailLevel)
	return protocol.InspectReply{Status: protocol.OK, Found: found.Found, Data: clean(found.Data)}
}

func clean(data map[string]any) protocol.Dict {
	if len(data) == 0 {
		return nil
	}
	return display.Bundle{Data: data}.Clean().Data
}

// isComplete says whether code may be run as it stands.
func (s *Server) isComplete(_ context.Context, _ *request, c protocol.IsCompleteRequest) any {
	if _, _, ok := question(c.Code); ok {
		return protocol.IsCompleteReply{Status: "complete"}
	}
	found := s.engine.Completeness(c.Code)
	return protocol.IsCompleteReply{Status: found.Status, Indent: found.Indent}
}

// within keeps a cursor between the first and the last code point of text.
func within(text string, cursor int) int {
	return max(0, min(cursor, utf8.RuneCountInString(text)))
}

var questionForm = regexp.MustCompile(`^\s*(\?{0,2})\s*([\pL_][\pL\pN_]*(?:\.[\pL_][\pL\pN_]*)*)\s*(\?{0,2})\s*$`)

// question recognises a cell that only asks what a name is: name? or ?name, doubled for more detail. It is not Go, so it
// cannot be meant otherwise.
func question(code string) (name string, detail int, ok bool) {
	m := questionForm.FindStringSubmatch(code)
	if m == nil || m[1] == "" && m[3] == "" || m[1] != "" && m[3] != "" {
		return "", 0, false
	}
	return m[2], len(m[1]+m[3]) - 1, true
}

// page answers such a cell with a page for the front end's pager.
func (s *Server) page(name string, detail int) any {
	data := protocol.Dict{display.TextPlain: "Nothing is known about " + name + "."}
	if found := s.engine.Inspect(name, utf8.RuneCountInString(name), detail); found.Found {
		data = clean(found.Data)
	}
	return s.executed([]any{protocol.Page{Source: "page", Data: data}}, nil)
}
