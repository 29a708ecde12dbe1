package notebook

import (
	"strings"

	"scorebook/kernel/protocol"
)

// output is one output of a cell.
type output interface {
	field() map[string]any // as a notebook file holds it
}

// printed is text of one stream.
type printed struct {
	name string
	text strings.Builder
}

func (p *printed) field() map[string]any {
	return map[string]any{"output_type": "stream", "name": p.name, "text": lines(p.text.String())}
}

// shown is a value or something displayed, in several MIME types.
type shown struct {
	count          int // of the cell whose value it is; 0 for something displayed
	data, metadata protocol.Dict
}

func (s *shown) field() map[string]any {
	f := map[string]any{"output_type": "display_data", "data": stored(s.data), "metadata": s.metadata}
	if s.count > 0 {
		f["output_type"], f["execution_count"] = "execute_result", s.count
	}
	return f
}

// stored splits text into lines, where Jupyter does.
func stored(data protocol.Dict) map[string]any {
	out := make(map[string]any, len(data))
	for mime, payload := range data {
		text, ok := payload.(string)
		if ok && (strings.HasPrefix(mime, "text/") || mime == "application/javascript" || mime == "image/svg+xml") {
			out[mime] = lines(text)
		} else {
			out[mime] = payload
		}
	}
	return out
}

// broken is the error that ended a cell.
type broken struct{ protocol.Error }

func (b *broken) field() map[string]any {
	return map[string]any{
		"output_type": "error", "ename": b.EName, "evalue": b.EValue, "traceback": b.Traceback,
	}
}

// page is the outputs of one cell, as a front end would show them.
type page struct {
	outputs  []output
	clearing bool // when the next output comes
}

func (p *page) add(o output) {
	if p.clearing {
		p.outputs, p.clearing = nil, false
	}
	p.outputs = append(p.outputs, o)
}

// print appends to the last output when that is of the same stream.
func (p *page) print(name, text string) {
	if len(p.outputs) > 0 && !p.clearing {
		if last, ok := p.outputs[len(p.outputs)-1].(*printed); ok && last.name == name {
			last.text.WriteString(text)
			return
		}
	}
	o := &printed{name: name}
	o.text.WriteString(text)
	p.add(o)
}

func (p *page) clear(wait bool) {
	if p.clearing = wait; !wait {
		p.outputs = nil
	}
}

func (p *page) fields() []any {
	list := []any{}
	for _, o := range p.outputs {
		list = append(list, o.field())
	}
	return list
}
