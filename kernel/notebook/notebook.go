package notebook

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Notebook is a notebook in memory. Its fields are kept as they were read.
type Notebook struct {
	fields map[string]any
	cells  []*cell
}

const (
	format      = 4
	formatMinor = 5 // the first with cell ids
)

// Read reads a notebook file.
func Read(path string) (*Notebook, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("notebook: %w", err)
	}
	n, err := Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("notebook: %s: %w", path, err)
	}
	return n, nil
}

// Parse reads the text of a notebook of format 4. Cells without an id get one, always the same for the same notebook.
func Parse(raw []byte) (*Notebook, error) {
	n := &Notebook{}
	if err := decode(raw, &n.fields); err != nil {
		return nil, fmt.Errorf("not a notebook: %w", err)
	}
	if got, ok := integer(n.fields["nbformat"]); !ok || got != format {
		return nil, fmt.Errorf("notebook format %v is not supported; convert the notebook with "+
			"`jupyter nbconvert --to notebook --nbformat 4`", n.fields["nbformat"])
	}
	if minor, ok := integer(n.fields["nbformat_minor"]); !ok || minor < formatMinor {
		n.fields["nbformat_minor"] = formatMinor
	}
	list, ok := n.fields["cells"].([]any)
	if !ok {
		return nil, errors.New("not a notebook: it has no cells")
	}
	for i, item := range list {
		fields, ok := item.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("not a notebook: cell %d is not an object", i+1)
		}
		n.cells = append(n.cells, &cell{fields})
	}
	n.nameCells()
	return n, nil
}

func decode(raw []byte, v any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber() // so that numbers are written as they were read
	if err := decoder.Decode(v); err != nil {
		return err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return errors.New("more text after its end")
	}
	return nil
}

// integer reads a number of a file, or one that a run has put in its place.
func integer(v any) (int64, bool) {
	switch v := v.(type) {
	case int:
		return int64(v), true
	case json.Number:
		i, err := v.Int64()
		return i, err == nil
	}
	return 0, false
}

// nameCells gives an id to each cell that has none.
func (n *Notebook) nameCells() {
	taken := map[string]bool{}
	for _, c := range n.cells {
		taken[c.text("id")] = true
	}
	for i, c := range n.cells {
		for try := 0; c.text("id") == ""; try++ {
			id := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%d %d %s", i, try, c.source())))[:8]
			if !taken[id] {
				c.fields["id"], taken[id] = id, true
			}
		}
	}
}

// Bytes returns the notebook as Jupyter writes it: sorted, indented by one blank, with a line's end at the end.
func (n *Notebook) Bytes() ([]byte, error) {
	list := make([]any, len(n.cells))
	for i, c := range n.cells {
		list[i] = c.fields
	}
	n.fields["cells"] = list
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(n.fields); err != nil {
		return nil, fmt.Errorf("notebook: %w", err)
	}
	return unescaped(b.Bytes()), nil
}

// unescaped writes the separators U+2028 and U+2029 as they are: Go's encoder escapes them, Jupyter's does not.
func unescaped(raw []byte) []byte {
	out := make([]byte, 0, len(raw))
	for len(raw) > 0 {
		width := 1
		switch {
		case bytes.HasPrefix(raw, []byte(`\u2028`)), bytes.HasPrefix(raw, []byte(`\u2029`)):
			out = append(out, 0xe2, 0x80, 0xa8+raw[5]-'8')
			raw = raw[6:]
			continue
		case raw[0] == '\\':
			width = 2
		}
		out = append(out, raw[:width]...)
		raw = raw[width:]
	}
	return out
}

// Write writes the notebook file whole or not at all: to a temporary file beside it, which then takes its name.
func (n *Notebook) Write(path string) error {
	raw, err := n.Bytes()
	if err != nil {
		return err
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if err := replace(path, raw); err != nil {
		return fmt.Errorf("notebook: %w", err)
	}
	return nil
}

func replace(path string, raw []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	if err := os.Chmod(f.Name(), mode); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// metadata returns the object of the given name in the notebook's metadata, making it when it is missing.
func (n *Notebook) metadata() map[string]any { return object(n.fields, "metadata") }

// object returns the object of the given name, making it when it is missing.
func object(parent map[string]any, name string) map[string]any {
	child, ok := parent[name].(map[string]any)
	if !ok {
		child = map[string]any{}
		parent[name] = child
	}
	return child
}
