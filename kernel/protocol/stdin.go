package protocol

// InputRequest asks the person at the front end for a line; Password hides what is typed.
type InputRequest struct {
	Prompt   string `json:"prompt"`
	Password bool   `json:"password"`
}

// InputReply is the line that was typed.
type InputReply struct {
	Status string `json:"status,omitempty"`
	Value  string `json:"value"`
}
