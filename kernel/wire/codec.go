package wire

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"

	"scorebook/kernel/protocol"
)

const delimiter = "<IDS|MSG>"

// The frames after the delimiter: signature, header, parent header, metadata, content, then any buffers.
const bodyFrames = 5

// Codec turns messages into frames and back. The signature is the hex HMAC-SHA256 of the four raw frames from header
// to content; without a Key it is empty and not checked.
type Codec struct {
	Key []byte
}

func (c Codec) sign(frames [][]byte) []byte {
	if len(c.Key) == 0 {
		return nil
	}
	mac := hmac.New(sha256.New, c.Key)
	for _, frame := range frames {
		mac.Write(frame)
	}
	return hex.AppendEncode(nil, mac.Sum(nil))
}

// Encode returns the frames of m, its identities first.
func (c Codec) Encode(m protocol.Message) [][]byte {
	frames := make([][]byte, 0, len(m.Identities)+1+bodyFrames+len(m.Buffers))
	frames = append(frames, m.Identities...)
	signed := [][]byte{m.RawHeader, m.ParentHeader, m.Metadata, m.Content}
	frames = append(frames, []byte(delimiter), c.sign(signed))
	frames = append(frames, signed...)
	return append(frames, m.Buffers...)
}

// Decode checks the signature and reads the header. The other parts stay the bytes they are, but are known to be JSON
// objects.
func (c Codec) Decode(frames [][]byte) (protocol.Message, error) {
	at := 0
	for at < len(frames) && string(frames[at]) != delimiter {
		at++
	}
	if len(frames) < at+1+bodyFrames {
		return protocol.Message{}, errors.New("too few frames")
	}
	body := frames[at+1:]
	if len(c.Key) > 0 && !hmac.Equal(c.sign(body[1:bodyFrames]), body[0]) {
		return protocol.Message{}, errors.New("bad signature")
	}
	for _, part := range body[1:bodyFrames] {
		if !isObject(part) {
			return protocol.Message{}, errors.New("a part is not a JSON object")
		}
	}
	header, err := protocol.ParseHeader(body[1])
	if err != nil {
		return protocol.Message{}, err
	}
	return protocol.Message{
		Identities: frames[:at:at], Header: header, RawHeader: body[1], ParentHeader: body[2],
		Metadata: body[3], Content: body[4], Buffers: body[bodyFrames:],
	}, nil
}

func isObject(raw []byte) bool {
	trimmed := bytes.TrimLeft(raw, " \t\r\n")
	return len(trimmed) > 0 && trimmed[0] == '{' && json.Valid(raw)
}
