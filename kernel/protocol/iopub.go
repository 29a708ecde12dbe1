package protocol

// Status is "busy" while a request is being worked on and "idle" afterwards.
type Status struct {
	ExecutionState string `json:"execution_state"`
}

// Stream is text printed by a cell, on "stdout" or "stderr".
type Stream struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// DisplayData is the content of display_data and update_display_data: one thing in several MIME types.
type DisplayData struct {
	Data      Dict      `json:"data"`
	Metadata  Dict      `json:"metadata"`
	Transient Transient `json:"transient"`
}

// Transient is what a front end needs now and a notebook file does not keep.
type Transient struct {
	DisplayID string `json:"display_id,omitempty"`
}

// ExecuteInput repeats the code of a cell to every front end as the cell starts.
type ExecuteInput struct {
	Code           string `json:"code"`
	ExecutionCount int    `json:"execution_count"`
}

// ExecuteResult is the value of a cell.
type ExecuteResult struct {
	ExecutionCount int  `json:"execution_count"`
	Data           Dict `json:"data"`
	Metadata       Dict `json:"metadata"`
}

// Error is what a cell failed with.
type Error struct {
	EName     string       `json:"ename"`
	EValue    string       `json:"evalue"`
	Traceback List[string] `json:"traceback"`
}

// ClearOutput empties the cell's output, with Wait only when the next output comes.
type ClearOutput struct {
	Wait bool `json:"wait"`
}

// IOPubWelcome is the first message to a new subscriber and tells what it has subscribed to.
type IOPubWelcome struct {
	Subscription string `json:"subscription"`
}
