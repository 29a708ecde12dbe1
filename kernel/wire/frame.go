package wire

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The flags that start a frame (ZMTP 3.0, "Framing").
const (
	flagMore    = 0x01
	flagLong    = 0x02
	flagCommand = 0x04
)

const (
	maxMessage = 256 << 20 // bytes in one message
	maxFrames  = 1 << 10
	allocation = 1 << 20 // bytes that an announced size alone may cost
)

// packet is what arrives on a connection: a message of one or more frames, or a command.
type packet struct {
	frames  [][]byte
	command string // its name, or "" for a message; frames then holds the body
}

// readPacket reads frames up to the last of a message. What the sender announces is not believed: memory is taken as the bytes
// arrive, and no message may grow past the limits.
func readPacket(r *bufio.Reader) (packet, error) {
	var p packet
	left := uint64(maxMessage)
	for {
		flags, body, err := readFrame(r, left)
		if err != nil {
			return packet{}, err
		}
		if flags&flagCommand != 0 {
			if len(p.frames) > 0 || flags&flagMore != 0 {
				return packet{}, errors.New("a command inside a message")
			}
			return parseCommand(body)
		}
		p.frames = append(p.frames, body)
		left -= uint64(len(body))
		if flags&flagMore == 0 {
			return p, nil
		}
		if len(p.frames) == maxFrames {
			return packet{}, fmt.Errorf("a message of more than %d frames", maxFrames)
		}
	}
}

func readFrame(r *bufio.Reader, limit uint64) (flags byte, body []byte, err error) {
	if flags, err = r.ReadByte(); err != nil {
		return 0, nil, err
	}
	if flags&^(flagMore|flagLong|flagCommand) != 0 {
		return 0, nil, fmt.Errorf("a frame with flags %#02x", flags)
	}
	size, err := readSize(r, flags&flagLong != 0)
	if err != nil {
		return 0, nil, err
	}
	if size > limit {
		return 0, nil, fmt.Errorf("a message of more than %d bytes", maxMessage)
	}
	body, err = readBody(r, int(size))
	return flags, body, err
}

func readSize(r *bufio.Reader, long bool) (uint64, error) {
	var size [8]byte
	field := size[7:]
	if long {
		field = size[:]
	}
	_, err := io.ReadFull(r, field)
	return binary.BigEndian.Uint64(size[:]), err
}

func readBody(r *bufio.Reader, size int) ([]byte, error) {
	if size <= allocation {
		body := make([]byte, size)
		_, err := io.ReadFull(r, body)
		return body, err
	}
	var body bytes.Buffer
	if _, err := io.CopyN(&body, r, int64(size)); err != nil {
		return nil, err
	}
	return body.Bytes(), nil
}

func parseCommand(body []byte) (packet, error) {
	if len(body) == 0 || len(body) < 1+int(body[0]) {
		return packet{}, errors.New("a command without its name")
	}
	name := body[1 : 1+int(body[0])]
	return packet{command: string(name), frames: [][]byte{body[1+len(name):]}}, nil
}

// appendMessage appends the frames of one message as they stand on the wire.
func appendMessage(dst []byte, frames [][]byte) []byte {
	for i, frame := range frames {
		var flags byte
		if i < len(frames)-1 {
			flags = flagMore
		}
		dst = appendFrame(dst, flags, frame)
	}
	return dst
}

func appendFrame(dst []byte, flags byte, body []byte) []byte {
	if len(body) > 255 {
		dst = append(dst, flags|flagLong)
		dst = binary.BigEndian.AppendUint64(dst, uint64(len(body)))
	} else {
		dst = append(dst, flags, byte(len(body)))
	}
	return append(dst, body...)
}

// encodeMessage returns the frames of one message in one slice of the right size.
func encodeMessage(frames [][]byte) []byte {
	size := 0
	for _, frame := range frames {
		size += 9 + len(frame)
	}
	return appendMessage(make([]byte, 0, size), frames)
}

func encodeCommand(name string, body []byte) []byte {
	command := append([]byte{byte(len(name))}, name...)
	return appendFrame(nil, flagCommand, append(command, body...))
}
