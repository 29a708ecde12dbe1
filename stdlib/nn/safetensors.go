package nn

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
)

// A file is in the safetensors layout: the length of a header (8 bytes, little-endian), the header (JSON), and the
// numbers (little-endian, row-major) of the tensors one after another. The header gives for each tensor its type (F32 or
// F64), shape, and the range of its bytes; its entry __metadata__ holds text, among it the SHA-256 of the numbers.

// tensor is a named array; one of f32 and f64 holds its numbers.
type tensor struct {
	name  string
	shape []int
	f32   []float32
	f64   []float64
}

func (t tensor) bytes() int { return 4*len(t.f32) + 8*len(t.f64) }

// entry is a tensor in the header.
type entry struct {
	Type    string `json:"dtype"`
	Shape   []int  `json:"shape"`
	Offsets [2]int `json:"data_offsets"`
}

const (
	metadataKey = "__metadata__"
	checksumKey = "sha256"
)

// encode is the content of a file.
func encode(tensors []tensor, metadata map[string]string) ([]byte, error) {
	header := map[string]any{metadataKey: metadata}
	var data []byte
	for _, t := range tensors {
		kind := "F32"
		if t.f64 != nil {
			kind = "F64"
		}
		header[t.name] = entry{kind, append([]int{}, t.shape...), [2]int{len(data), len(data) + t.bytes()}}
		for _, v := range t.f32 {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
		}
		for _, v := range t.f64 {
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
		}
	}
	metadata[checksumKey] = checksum(data)
	text, err := json.Marshal(header)
	if err != nil {
		return nil, err
	}
	text = append(text, bytes.Repeat([]byte{' '}, -len(text)&7)...)
	return append(append(binary.LittleEndian.AppendUint64(nil, uint64(len(text))), text...), data...), nil
}

func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// archive is the content of a file that has been read.
type archive struct {
	metadata map[string]string
	entries  map[string]entry
	data     []byte
}

// decode reads the content of a file, and checks that it is whole.
func decode(content []byte) (*archive, error) {
	if len(content) < 8 {
		return nil, fmt.Errorf("it has %d bytes, and the length of the header alone takes 8", len(content))
	}
	size := binary.LittleEndian.Uint64(content)
	if size > uint64(len(content)-8) {
		return nil, fmt.Errorf("its header should have %d bytes, but only %d follow", size, len(content)-8)
	}
	var header map[string]json.RawMessage
	if err := json.Unmarshal(content[8:8+size], &header); err != nil {
		return nil, fmt.Errorf("its header is not JSON: %w", err)
	}
	a := &archive{metadata: map[string]string{}, entries: map[string]entry{}, data: content[8+size:]}
	for name, raw := range header {
		if name == metadataKey {
			if err := json.Unmarshal(raw, &a.metadata); err != nil {
				return nil, fmt.Errorf("its metadata are not text: %w", err)
			}
			continue
		}
		var e entry
		if err := json.Unmarshal(raw, &e); err != nil {
			return nil, fmt.Errorf("tensor %s: %w", name, err)
		}
		if err := e.check(len(a.data)); err != nil {
			return nil, fmt.Errorf("tensor %s %w", name, err)
		}
		a.entries[name] = e
	}
	if want, ok := a.metadata[checksumKey]; ok && checksum(a.data) != want {
		return nil, errors.New("its numbers do not have the checksum that its header gives")
	}
	return a, nil
}

// check verifies a header's entry against the number of bytes that follow.
func (e entry) check(bytes int) error {
	size, ok := map[string]int{"F32": 4, "F64": 8}[e.Type]
	if !ok {
		return fmt.Errorf("has type %q; F32 and F64 are known", e.Type)
	}
	for _, n := range e.Shape {
		if n < 0 || n > math.MaxInt32 || size > math.MaxInt32 {
			return fmt.Errorf("has shape %v", e.Shape)
		}
		size *= n
	}
	lo, hi := e.Offsets[0], e.Offsets[1]
	if lo < 0 || hi < lo || hi > bytes || hi-lo != size {
		return fmt.Errorf("of shape %v lies at bytes %d to %d of %d", e.Shape, lo, hi, bytes)
	}
	return nil
}

// fill copies a tensor's numbers from the file.
func (a *archive) fill(t tensor) error {
	e, ok := a.entries[t.name]
	if !ok {
		return fmt.Errorf("it has no tensor %s", t.name)
	}
	if fmt.Sprint(e.Shape) != fmt.Sprint(t.shape) || e.Offsets[1]-e.Offsets[0] != t.bytes() {
		return fmt.Errorf("tensor %s has shape %v, and %v is needed", t.name, e.Shape, t.shape)
	}
	data := a.data[e.Offsets[0]:e.Offsets[1]]
	for i := range t.f32 {
		t.f32[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	for i := range t.f64 {
		t.f64[i] = math.Float64frombits(binary.LittleEndian.Uint64(data[8*i:]))
	}
	return nil
}

// replace writes a file in one go: whoever reads it finds the old content or the new one, never a part.
func replace(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+strings.TrimPrefix(filepath.Base(path), ".")+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
