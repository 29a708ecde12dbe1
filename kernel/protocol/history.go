package protocol

import (
	"encoding/json"
	"errors"
)

// HistoryRequest asks for cells run before. Access is tail (the last N), range (lines Start to Stop-1 of a session; no
// Stop means to the end) or search (those that match the glob Pattern, the last N of them).
type HistoryRequest struct {
	Output  bool   `json:"output"`
	Raw     bool   `json:"raw"`
	Access  string `json:"hist_access_type"`
	Session int    `json:"session"`
	Start   int    `json:"start"`
	Stop    *int   `json:"stop,omitempty"`
	N       *int   `json:"n,omitempty"`
	Pattern string `json:"pattern"`
	Unique  bool   `json:"unique"`
}

// HistoryReply lists cells, the oldest first.
type HistoryReply struct {
	Status  string             `json:"status"`
	History List[HistoryEntry] `json:"history"`
}

// HistoryEntry is one cell: [session, line, input], or [session, line, [input, output]] where output may be null.
type HistoryEntry struct {
	Session, Line int
	Input         string
	Output        *string // nil when the cell showed no value
	Paired        bool    // the output stands beside the input
}

// MarshalJSON writes the entry as an array.
func (e HistoryEntry) MarshalJSON() ([]byte, error) {
	if e.Paired {
		return Marshal([]any{e.Session, e.Line, []any{e.Input, e.Output}})
	}
	return Marshal([]any{e.Session, e.Line, e.Input})
}

// UnmarshalJSON reads either form.
func (e *HistoryEntry) UnmarshalJSON(raw []byte) error {
	var cell json.RawMessage
	*e = HistoryEntry{}
	if err := unmarshalArray(raw, &e.Session, &e.Line, &cell); err != nil {
		return err
	}
	if e.Paired = len(cell) > 0 && cell[0] == '['; e.Paired {
		return unmarshalArray(cell, &e.Input, &e.Output)
	}
	return json.Unmarshal(cell, &e.Input)
}

func unmarshalArray(raw []byte, fields ...any) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return err
	}
	if len(parts) != len(fields) {
		return errors.New("protocol: history entry of the wrong length")
	}
	for i, part := range parts {
		if err := json.Unmarshal(part, fields[i]); err != nil {
			return err
		}
	}
	return nil
}
