package protocol

// CompleteRequest asks what may stand at the cursor. CursorPos counts code points.
type CompleteRequest struct {
	Code      string `json:"code"`
	CursorPos int    `json:"cursor_pos"`
}

// CompleteReply lists what may replace the code points from CursorStart to CursorEnd.
type CompleteReply struct {
	Status      string           `json:"status"`
	Matches     List[string]     `json:"matches"`
	CursorStart int              `json:"cursor_start"`
	CursorEnd   int              `json:"cursor_end"`
	Metadata    CompleteMetadata `json:"metadata"`
}

// CompleteMetadata says what each match is: exactly one entry per match, in the same order.
type CompleteMetadata struct {
	Types List[CompleteType] `json:"_jupyter_types_experimental"`
}

// CompleteType is one match with its kind, such as "function", and how it is called.
type CompleteType struct {
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Text      string `json:"text"`
	Type      string `json:"type"`
	Signature string `json:"signature,omitempty"`
}

// InspectRequest asks what the name at the cursor is. CursorPos counts code points.
type InspectRequest struct {
	Code        string `json:"code"`
	CursorPos   int    `json:"cursor_pos"`
	DetailLevel int    `json:"detail_level"`
}

// InspectReply describes the name by MIME type, when it was found.
type InspectReply struct {
	Status   string `json:"status"`
	Found    bool   `json:"found"`
	Data     Dict   `json:"data"`
	Metadata Dict   `json:"metadata"`
}

// IsCompleteRequest asks whether code may be run as it stands.
type IsCompleteRequest struct {
	Code string `json:"code"`
}

// IsCompleteReply has status complete, incomplete, invalid or unknown, and for incomplete the next line's indent.
type IsCompleteReply struct {
	Status string `json:"status"`
	Indent string `json:"indent"`
}
