package display

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"
)

// MIME types that have a meaning of their own here.
const (
	TextPlain = "text/plain"
	TextHTML  = "text/html"
	ImagePNG  = "image/png"
	ImageSVG  = "image/svg+xml"
	JSONData  = "application/json"
	VegaLite5 = "application/vnd.vegalite.v5+json"
	CheckJSON = "application/vnd.scorebook.check+json"
)

// Bundle is one thing to show: MIME type → payload, and what a front end should know about each payload.
// Text types hold strings, binary types base64 strings, JSON types the object itself.
type Bundle struct {
	Data     map[string]any `json:"data"`
	Metadata map[string]any `json:"metadata"`
}

// Text is a bundle of plain text only.
func Text(text string) Bundle {
	return Bundle{Data: map[string]any{TextPlain: text}, Metadata: map[string]any{}}
}

func rich(mime, payload, text string) Bundle {
	b := Text(text)
	b.Data[mime] = payload
	return b
}

// Clean returns a copy that always marshals: no nil maps, a text/plain part, binary payloads in base64, and the
// strings "NaN", "Infinity" and "-Infinity" for the numbers JSON lacks.
func (b Bundle) Clean() Bundle {
	out := Bundle{Data: make(map[string]any, len(b.Data)+1), Metadata: make(map[string]any, len(b.Metadata))}
	for mime, payload := range b.Data {
		out.Data[mime] = cleanPayload(mime, payload)
	}
	for key, value := range b.Metadata {
		out.Metadata[key] = jsonSafe(value)
	}
	if _, ok := out.Data[TextPlain]; !ok {
		out.Data[TextPlain] = "(" + strings.Join(sortedKeys(b.Data), ", ") + ")"
	}
	return out
}

// MarshalJSON writes the cleaned bundle.
func (b Bundle) MarshalJSON() ([]byte, error) {
	type plain Bundle
	return json.Marshal(plain(b.Clean()))
}

func cleanPayload(mime string, payload any) any {
	raw, ok := payload.([]byte)
	switch {
	case !ok:
		return jsonSafe(payload)
	case isJSON(mime) && json.Valid(raw):
		return json.RawMessage(raw)
	case strings.HasPrefix(mime, "text/") || strings.HasSuffix(mime, "+xml") || isJSON(mime):
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return base64.StdEncoding.EncodeToString(raw)
}

func isJSON(mime string) bool {
	return mime == "application/json" || strings.HasSuffix(mime, "+json")
}

func (b Bundle) clone() Bundle {
	return Bundle{Data: maps.Clone(b.Data), Metadata: maps.Clone(b.Metadata)}
}
