package protocol

import "encoding/json"

// ShutdownRequest asks the kernel to end; Restart tells whether another will take its place.
type ShutdownRequest struct {
	Restart bool `json:"restart"`
}

// ShutdownReply confirms the end, to who asked and to everybody.
type ShutdownReply struct {
	Status  string `json:"status"`
	Restart bool   `json:"restart"`
}

// InterruptReply confirms that the running cell was told to stop.
type InterruptReply struct {
	Status string `json:"status"`
}

// CreateSubshellReply names the new subshell.
type CreateSubshellReply struct {
	Status     string `json:"status"`
	SubshellID string `json:"subshell_id"`
}

// DeleteSubshellRequest names the subshell to end.
type DeleteSubshellRequest struct {
	SubshellID string `json:"subshell_id"`
}

// DeleteSubshellReply confirms the end of a subshell.
type DeleteSubshellReply struct {
	Status string `json:"status"`
}

// ListSubshellReply names the subshells.
type ListSubshellReply struct {
	Status      string       `json:"status"`
	SubshellIDs List[string] `json:"subshell_id"`
}

// Debug is the content of debug_request, debug_reply and debug_event: a message of the Debug Adapter Protocol.
type Debug = json.RawMessage
