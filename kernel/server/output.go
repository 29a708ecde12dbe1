package server

import (
	"io"
	"slices"
	"sync"
	"time"
	"unicode/utf8"

	"scorebook/kernel/protocol"
)

const (
	batchTime = 20 * time.Millisecond // how long printed text may wait for more
	batchSize = 256 << 10             // bytes that are sent without waiting
)

// output is everything one cell shows, in the order in which it was shown. Printed text is gathered for a moment and
// sent in one piece; anything else sends what was printed before it first. It may be used from many goroutines and after
// the end of the cell.
type output struct {
	publish func(msgType string, content any)

	mu      sync.Mutex // held while sending too, because it is what keeps the order
	printed []text     // no two neighbours of the same stream
	size    int
	partial map[string][]byte // by stream: the start of a character whose rest has not been printed
	armed   bool              // a flush is due
}

// text is a piece of one stream.
type text struct {
	name  string
	bytes []byte
}

const stdout, stderr = "stdout", "stderr"

var streams = [...]string{stdout, stderr}

// stream is a writer to one of the streams.
func (o *output) stream(name string) io.Writer { return stream{o, name} }

type stream struct {
	out  *output
	name string
}

func (s stream) Write(p []byte) (int, error) {
	s.out.print(s.name, p)
	return len(p), nil
}

func (o *output) print(name string, p []byte) {
	if len(p) == 0 {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	last := len(o.printed) - 1
	if last < 0 || o.printed[last].name != name {
		o.printed = append(o.printed, text{name: name})
		last++
	}
	o.printed[last].bytes = append(o.printed[last].bytes, p...)
	o.size += len(p)
	if o.size >= batchSize {
		o.drain()
	} else if !o.armed {
		o.armed = true
		time.AfterFunc(batchTime, o.flushDue)
	}
}

func (o *output) flushDue() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.armed = false
	o.drain()
}

// flush sends all that was printed, were it half a character.
func (o *output) flush() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.drain()
	for _, name := range streams {
		o.write(name, o.partial[name])
	}
	o.partial = nil
}

// send sends a message after all that was printed before it.
func (o *output) send(msgType string, content any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.drain()
	o.publish(msgType, content)
}

// drain sends the printed text but for characters that are not whole yet.
func (o *output) drain() {
	printed := o.printed
	o.printed, o.size = nil, 0
	for _, t := range printed {
		b := append(o.partial[t.name], t.bytes...)
		whole := wholeRunes(b)
		o.write(t.name, b[:whole])
		if o.partial == nil {
			o.partial = map[string][]byte{}
		}
		o.partial[t.name] = slices.Clone(b[whole:])
	}
}

func (o *output) write(name string, b []byte) {
	if len(b) > 0 {
		o.publish("stream", protocol.Stream{Name: name, Text: string(b)})
	}
}

// wholeRunes is the length of b without an incomplete character at its end.
func wholeRunes(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if start := len(b) - n; utf8.RuneStart(b[start]) {
			if !utf8.FullRune(b[start:]) {
				return start
			}
			break
		}
	}
	return len(b)
}
