package protocol

import "encoding/json"

// The values of a reply's status.
const (
	OK     = "ok"
	Failed = "error"
)

// ErrorReply answers a request of any type that could not be carried out.
type ErrorReply struct {
	Status    string       `json:"status"`
	EName     string       `json:"ename"`
	EValue    string       `json:"evalue"`
	Traceback List[string] `json:"traceback"`
}

// ExecuteRequest asks for a cell to be run.
type ExecuteRequest struct {
	Code            string      `json:"code"`
	Silent          bool        `json:"silent"`
	StoreHistory    bool        `json:"store_history"`
	UserExpressions Map[string] `json:"user_expressions"`
	AllowStdin      bool        `json:"allow_stdin"`
	StopOnError     bool        `json:"stop_on_error"`
}

// UnmarshalJSON sets what the request leaves out to the protocol's defaults: all true but silent.
func (r *ExecuteRequest) UnmarshalJSON(raw []byte) error {
	type plain ExecuteRequest
	p := plain{StoreHistory: true, AllowStdin: true, StopOnError: true}
	if err := json.Unmarshal(raw, &p); err != nil {
		return err
	}
	*r = ExecuteRequest(p)
	return nil
}

// ExecuteReply tells how a cell ended.
type ExecuteReply struct {
	Status          string    `json:"status"`
	ExecutionCount  int       `json:"execution_count"`
	Payload         List[any] `json:"payload"`
	UserExpressions Dict      `json:"user_expressions"`
}

// ExecuteErrorReply tells that a cell failed, or was not run because an earlier one failed.
type ExecuteErrorReply struct {
	ExecuteReply
	EName     string       `json:"ename"`
	EValue    string       `json:"evalue"`
	Traceback List[string] `json:"traceback"`
}

// Page is the payload that has text shown in the front end's pager.
type Page struct {
	Source string `json:"source"` // always "page"
	Data   Dict   `json:"data"`
	Start  int    `json:"start"` // line to begin at
}

// Expression is the value of one user expression.
type Expression struct {
	Status   string `json:"status"`
	Data     Dict   `json:"data"`
	Metadata Dict   `json:"metadata"`
}
