package server

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"scorebook/kernel/protocol"
)

// thisSession is the number of the only session whose cells are kept. Requests may call it 0.
const thisSession = 1

// history is the cells of this session, the oldest first.
type history []protocol.HistoryEntry

func (h *history) add(line int, code string) {
	*h = append(*h, protocol.HistoryEntry{Session: thisSession, Line: line, Input: code})
}

// result stores what the latest cell showed.
func (h history) result(text string) { h[len(h)-1].Output = &text }

// searchHistory finds cells run before.
func (s *Server) searchHistory(_ context.Context, _ *request, r protocol.HistoryRequest) any {
	found := slices.Clone(s.history.find(r))
	for i := range found {
		found[i].Paired = r.Output
	}
	return protocol.HistoryReply{Status: protocol.OK, History: protocol.List[protocol.HistoryEntry](found)}
}

func (h history) find(r protocol.HistoryRequest) history {
	switch r.Access {
	case "tail":
		return h.last(r.N)
	case "range":
		return h.lines(r.Session, r.Start, r.Stop)
	case "search":
		found := h.matching(glob(r.Pattern))
		if r.Unique {
			found = found.unique()
		}
		return found.last(r.N)
	}
	return nil
}

func (h history) last(n *int) history {
	if n == nil {
		return h
	}
	return h[len(h)-max(0, min(*n, len(h))):]
}

func (h history) lines(session, start int, stop *int) history {
	if session != 0 && session != thisSession {
		return nil
	}
	var found history
	for _, e := range h {
		if e.Line >= start && (stop == nil || e.Line < *stop) {
			found = append(found, e)
		}
	}
	return found
}

func (h history) matching(pattern *regexp.Regexp) history {
	var found history
	for _, e := range h {
		if pattern.MatchString(e.Input) {
			found = append(found, e)
		}
	}
	return found
}

// unique keeps the latest of cells with the same input.
func (h history) unique() history {
	var found history
	seen := map[string]bool{}
	for _, e := range slices.Backward(h) {
		if !seen[e.Input] {
			seen[e.Input] = true
			found = append(found, e)
		}
	}
	slices.Reverse(found)
	return found
}

// glob compiles a pattern in which * stands for anything, ? for one character; none matches everything.
func glob(pattern string) *regexp.Regexp {
	if pattern == "" {
		pattern = "*"
	}
	expr := regexp.QuoteMeta(pattern)
	expr = strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(expr)
	return regexp.MustCompile(`(?s)^` + expr + `$`)
}
