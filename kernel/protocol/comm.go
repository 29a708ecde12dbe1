package protocol

import "encoding/json"

// CommOpen asks the other side to open a comm for a target.
type CommOpen struct {
	CommID     string          `json:"comm_id"`
	TargetName string          `json:"target_name"`
	Data       json.RawMessage `json:"data,omitempty"`
}

// CommMsg carries data over an open comm.
type CommMsg struct {
	CommID string          `json:"comm_id"`
	Data   json.RawMessage `json:"data,omitempty"`
}

// CommClose ends a comm, or tells that there is nobody to open it.
type CommClose struct {
	CommID string `json:"comm_id"`
	Data   Dict   `json:"data"`
}

// CommInfoRequest asks for the open comms, all or those of one target.
type CommInfoRequest struct {
	TargetName string `json:"target_name,omitempty"`
}

// CommInfoReply maps comm ids to their targets.
type CommInfoReply struct {
	Status string          `json:"status"`
	Comms  Map[CommTarget] `json:"comms"`
}

// CommTarget is what an open comm is for.
type CommTarget struct {
	TargetName string `json:"target_name"`
}
