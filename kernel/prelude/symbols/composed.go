package symbols

import (
	"encoding"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"log"
	"net/http"
	"reflect"
)

// MapTypes tells the interpreter where compiled code asks more of an argument than its parameter's type says. A
// function that takes any value but looks for certain methods has those interfaces, and an interface that is often
// implemented with more has wrappers with the additional methods, those with most methods first. It is to be
// loaded under the key "." and the name "MapTypes".
func MapTypes() map[reflect.Value][]reflect.Type {
	m := map[reflect.Value][]reflect.Type{}
	add := func(types []reflect.Type, functions ...any) {
		for _, f := range functions {
			m[reflect.ValueOf(f)] = types
		}
	}
	add([]reflect.Type{reflect.TypeFor[fmt.Formatter](), reflect.TypeFor[fmt.Stringer]()},
		fmt.Append, fmt.Appendf, fmt.Appendln, fmt.Errorf, fmt.Fprint, fmt.Fprintf, fmt.Fprintln,
		fmt.Print, fmt.Printf, fmt.Println, fmt.Sprint, fmt.Sprintf, fmt.Sprintln,
		log.Panic, log.Panicf, log.Panicln, log.Print, log.Printf, log.Println, logFatal, logFatalf, logFatalln)
	add([]reflect.Type{reflect.TypeFor[fmt.Scanner]()},
		fmt.Scan, fmt.Scanf, fmt.Scanln, fmt.Fscan, fmt.Fscanf, fmt.Fscanln, fmt.Sscan, fmt.Sscanf, fmt.Sscanln)
	add([]reflect.Type{reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()},
		json.Marshal, json.MarshalIndent)
	add([]reflect.Type{reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]()},
		json.Unmarshal)
	add([]reflect.Type{reflect.TypeFor[xml.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()},
		xml.Marshal, xml.MarshalIndent)
	add([]reflect.Type{reflect.TypeFor[xml.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]()},
		xml.Unmarshal)
	add([]reflect.Type{reflect.TypeFor[readerWriterTo]()}, (*io_Reader)(nil))
	add([]reflect.Type{reflect.TypeFor[writerReaderFrom]()}, (*io_Writer)(nil))
	add([]reflect.Type{reflect.TypeFor[responseFlusher]()}, (*net_http_ResponseWriter)(nil))
	add([]reflect.Type{reflect.TypeFor[math_rand_Source64]()}, (*math_rand_Source)(nil))
	return m
}

// readerWriterTo wraps an io.Reader that io.Copy can empty at one go.
type readerWriterTo struct {
	IValue   any
	WRead    func([]byte) (int, error)
	WWriteTo func(io.Writer) (int64, error)
}

func (w readerWriterTo) Read(p []byte) (int, error)                 { return w.WRead(p) }
func (w readerWriterTo) WriteTo(dst io.Writer) (n int64, err error) { return w.WWriteTo(dst) }

// writerReaderFrom wraps an io.Writer that io.Copy can fill at one go.
type writerReaderFrom struct {
	IValue    any
	WWrite    func([]byte) (int, error)
	WReadFrom func(io.Reader) (int64, error)
}

func (w writerReaderFrom) Write(p []byte) (int, error)                 { return w.WWrite(p) }
func (w writerReaderFrom) ReadFrom(src io.Reader) (n int64, err error) { return w.WReadFrom(src) }

// responseFlusher wraps an http.ResponseWriter that streams.
type responseFlusher struct {
	IValue       any
	WHeader      func() http.Header
	WWrite       func([]byte) (int, error)
	WWriteHeader func(int)
	WFlush       func()
}

func (w responseFlusher) Header() http.Header         { return w.WHeader() }
func (w responseFlusher) Write(p []byte) (int, error) { return w.WWrite(p) }
func (w responseFlusher) WriteHeader(status int)      { w.WWriteHeader(status) }
func (w responseFlusher) Flush()                      { w.WFlush() }

var (
	_ io.WriterTo   = readerWriterTo{}
	_ io.ReaderFrom = writerReaderFrom{}
	_ http.Flusher  = responseFlusher{}
)
