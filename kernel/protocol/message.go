package protocol

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Version is the version of the messaging protocol spoken here.
const Version = "5.5"

// Channel is one of the sockets between a front end and a kernel.
type Channel int

// The channels that carry messages. The heartbeat carries none.
const (
	Shell Channel = iota
	Control
	Stdin
	IOPub
)

// String is the channel's name as connection files and front ends write it.
func (c Channel) String() string {
	switch c {
	case Shell:
		return "shell"
	case Control:
		return "control"
	case Stdin:
		return "stdin"
	case IOPub:
		return "iopub"
	}
	return fmt.Sprintf("channel %d", int(c))
}

// Header names a message, its type and who sent it.
type Header struct {
	MsgID    string `json:"msg_id"`
	Session  string `json:"session"`
	Username string `json:"username"`
	Date     string `json:"date"` // ISO 8601
	MsgType  string `json:"msg_type"`
	Version  string `json:"version"`
}

const dateLayout = "2006-01-02T15:04:05.000000Z07:00"

// Sent is the time in the header, by the sender's clock; ok is false when there is none that can be read.
func (h Header) Sent() (t time.Time, ok bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if t, err := time.Parse(layout, h.Date); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// Message is one message with its way back.
type Message struct {
	Identities   [][]byte // who it came from or goes to; none on IOPub
	Header       Header
	RawHeader    json.RawMessage // the bytes Header was read from
	ParentHeader json.RawMessage // {} when nothing caused the message
	Metadata     json.RawMessage
	Content      json.RawMessage
	Buffers      [][]byte
}

var emptyObject = json.RawMessage("{}")

// NewID returns a fresh identifier for a message or a session.
func NewID() string { return uuid.NewString() }

// New makes a message of the given session and type with a fresh id.
func New(session, msgType string, content any) (Message, error) {
	m := Message{
		Header: Header{
			MsgID: NewID(), Session: session, Username: "kernel", MsgType: msgType, Version: Version,
			Date: time.Now().UTC().Format(dateLayout),
		},
		ParentHeader: emptyObject, Metadata: emptyObject,
	}
	var err error
	if m.RawHeader, err = Marshal(m.Header); err != nil {
		return m, fmt.Errorf("protocol: header of %s: %w", msgType, err)
	}
	if m.Content, err = Marshal(content); err != nil {
		return m, fmt.Errorf("protocol: content of %s: %w", msgType, err)
	}
	return m, nil
}

// Child makes a message that m caused: it carries m's header, byte for byte, and m's way back.
func (m Message) Child(session, msgType string, content any) (Message, error) {
	c, err := New(session, msgType, content)
	c.Identities = m.Identities
	if len(m.RawHeader) > 0 {
		c.ParentHeader = m.RawHeader
	}
	return c, err
}

// Parent is the header of the message that caused m; zero when there is none.
func (m Message) Parent() Header {
	var h Header
	if json.Unmarshal(m.ParentHeader, &h) != nil {
		return Header{}
	}
	return h
}

// ParseHeader reads a header; one without a type or an id is an error.
func ParseHeader(raw []byte) (Header, error) {
	var h Header
	if err := json.Unmarshal(raw, &h); err != nil {
		return h, fmt.Errorf("protocol: header: %w", err)
	}
	if h.MsgType == "" || h.MsgID == "" {
		return h, errors.New("protocol: header without msg_type or msg_id")
	}
	return h, nil
}
