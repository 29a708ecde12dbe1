package wire

import (
	"bufio"
	"bytes"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func reader(b []byte) *bufio.Reader { return bufio.NewReader(bytes.NewReader(b)) }

func TestFramesAsTheStandardWritesThem(t *testing.T) {
	long := bytes.Repeat([]byte("x"), 256)
	want := append([]byte{1, 2, 'a', 'b', 1, 0, 2, 0, 0, 0, 0, 0, 0, 1, 0}, long...)
	frames := [][]byte{[]byte("ab"), {}, long}
	got := encodeMessage(frames)
	if !bytes.Equal(got, want) {
		t.Fatalf("%q", got)
	}
	p, err := readPacket(reader(got))
	if err != nil || p.command != "" || !slices.EqualFunc(p.frames, frames, bytes.Equal) {
		t.Errorf("%v %v", p, err)
	}
	ping := []byte{4, 9, 4, 'P', 'I', 'N', 'G', 0, 10, 'c', 'x'}
	p, err = readPacket(reader(ping))
	if err != nil || p.command != "PING" || string(p.frames[0]) != "\x00\x0acx" {
		t.Errorf("%v %v", p, err)
	}
	if got := encodeCommand("PING", []byte("\x00\x0acx")); !bytes.Equal(got, ping) {
		t.Errorf("%q", got)
	}
}

func TestLargeFrames(t *testing.T) {
	body := bytes.Repeat([]byte("0123456789"), allocation/4)
	p, err := readPacket(reader(encodeMessage([][]byte{body})))
	if err != nil || !bytes.Equal(p.frames[0], body) {
		t.Error(err)
	}
}

func TestMalformedFrames(t *testing.T) {
	for name, b := range map[string][]byte{
		"unknown flags":           {0x08, 1, 'a'},
		"cut short":               {0, 5, 'a'},
		"cut in the size":         {2, 0, 0},
		"larger than the limit":   {2, 0, 0, 0, 1, 0, 0, 0, 0},
		"larger than an integer":  {2, 255, 255, 255, 255, 255, 255, 255, 255},
		"announced and not sent":  {2, 0, 0, 0, 0, 0x0f, 0, 0, 0, 'a'},
		"command in a message":    {1, 1, 'a', 4, 2, 1, 'X'},
		"command in parts":        {5, 2, 1, 'X', 0, 0},
		"command without a name":  {4, 0},
		"command with a cut name": {4, 2, 9, 'X'},
		"too many frames":         bytes.Repeat([]byte{1, 0}, maxFrames+1),
	} {
		if p, err := readPacket(reader(b)); err == nil {
			t.Errorf("%s: read as %v", name, p)
		}
	}
}

// An announced size must not cost memory by itself: an unsigned frame could ask for all there is.
func TestAnnouncedSizeIsNotBelieved(t *testing.T) {
	b := append([]byte{2, 0, 0, 0, 0, 0x0f, 0, 0, 0}, "few bytes"...)
	const runs = 10
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range runs {
		if _, err := readPacket(bufio.NewReaderSize(bytes.NewReader(b), 16)); err == nil {
			t.Fatal("no error")
		}
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > runs*allocation {
		t.Errorf("%d bytes allocated for %d frames of 9 bytes", got, runs)
	}
}

func FuzzPacket(f *testing.F) {
	f.Add([]byte{1, 1, 'a', 0, 1, 'b'})
	f.Add([]byte{4, 6, 4, 'P', 'I', 'N', 'G', 0})
	f.Add([]byte{2, 0, 0, 0, 0, 0, 0, 0, 3, 'a', 'b', 'c'})
	f.Fuzz(func(t *testing.T, b []byte) {
		r := reader(b)
		p, err := readPacket(r)
		if err != nil {
			return
		}
		encoded := encodeMessage(p.frames)
		if p.command != "" {
			encoded = encodeCommand(p.command, p.frames[0])
		}
		again, err := readPacket(reader(encoded))
		if err != nil || again.command != p.command || !slices.EqualFunc(again.frames, p.frames, bytes.Equal) {
			t.Errorf("%v became %v (%v)", p, again, err)
		}
		if rest, _ := io.ReadAll(r); len(rest) > len(b) {
			t.Error("more was left than there was")
		}
	})
}

func FuzzMessage(f *testing.F) {
	codec := Codec{Key: []byte("key")}
	f.Add([]byte("id"), []byte(`{"msg_id":"1","msg_type":"t"}`), []byte(`{}`), []byte(` {"a":1} `), []byte(`{"code":"é"}`), []byte("buffer"))
	f.Add([]byte(delimiter), []byte(`null`), []byte(`[]`), []byte(`{`), []byte(``), []byte{})
	f.Fuzz(func(t *testing.T, identity, header, parent, metadata, content, buffer []byte) {
		signed := [][]byte{header, parent, metadata, content}
		frames := append([][]byte{identity, []byte(delimiter), codec.sign(signed)}, append(signed, buffer)...)
		m, err := codec.Decode(frames)
		if err != nil || strings.HasPrefix(string(identity), delimiter) {
			return
		}
		if got := codec.Encode(m); !slices.EqualFunc(got, frames, bytes.Equal) {
			t.Errorf("%q became %q", frames, got)
		}
		frames[4] = append(bytes.Clone(parent), ' ')
		if _, err := codec.Decode(frames); err == nil {
			t.Error("a changed frame was accepted")
		}
	})
}
