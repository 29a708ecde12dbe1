package wire

import (
	"encoding/json"
	"testing"

	"scorebook/kernel/protocol"
)

func TestSignature(t *testing.T) {
	// Computed with Python: hmac.new(b"secret", header+parent+metadata+content, "sha256").hexdigest()
	const want = "c8d0f27fa176277aaa1c290c05523bb114836f60086e428153ee461fbc90ac08"
	m := protocol.Message{
		Identities: [][]byte{[]byte("client")},
		RawHeader:  json.RawMessage(`{"msg_id":"1","msg_type":"t"}`), ParentHeader: json.RawMessage(`{}`),
		Metadata: json.RawMessage(`{"a":1}`), Content: json.RawMessage(`{"code":"∇"}`),
		Buffers: [][]byte{[]byte("not signed")},
	}
	frames := Codec{Key: []byte("secret")}.Encode(m)
	if string(frames[2]) != want {
		t.Errorf("signature %s", frames[2])
	}
	got, err := Codec{Key: []byte("secret")}.Decode(frames)
	if err != nil || string(got.Content) != string(m.Content) || string(got.Buffers[0]) != "not signed" || got.Header.MsgType != "t" {
		t.Errorf("%+v %v", got, err)
	}
	if unsigned := (Codec{}).Encode(m); len(unsigned[2]) != 0 {
		t.Errorf("signature %q without a key", unsigned[2])
	}
	if _, err := (Codec{Key: []byte("other")}).Decode(frames); err == nil {
		t.Error("a wrong key was accepted")
	}
}

func BenchmarkCodec(b *testing.B) {
	codec := Codec{Key: []byte("secret")}
	m, err := protocol.New("session", "stream", protocol.Stream{Name: "stdout", Text: "hello, world"})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := codec.Decode(codec.Encode(m)); err != nil {
			b.Fatal(err)
		}
	}
}
