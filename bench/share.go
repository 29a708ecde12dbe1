package main

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"time"

	"scorebook/kernel/cell/exports"
	"scorebook/kernel/interp"
	"scorebook/kernel/prelude"
	"scorebook/kernel/prelude/symbols"
	"scorebook/kernel/protocol"
	"scorebook/kernel/server"
)

// kernelShare is what the kernel itself takes for a trivial cell, in milliseconds: from a request that is read to the idle
// that is handed to the sockets, the signing and checking of messages aside. The median of n.
func kernelShare(n int) (float64, error) {
	engine, err := session()
	if err != nil {
		return 0, err
	}
	idle := make(chan time.Time, 1)
	s := server.New(engine, discard{}, watch{idle}, server.Options{})
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go s.Run(ctx)
	var took []float64
	for i := range warmUp + n {
		m, err := protocol.New("bench", "execute_request", protocol.ExecuteRequest{Code: "1 + 1", StoreHistory: true})
		if err != nil {
			return 0, err
		}
		began := time.Now()
		s.Handle(protocol.Shell, m)
		if end := <-idle; i >= warmUp {
			took = append(took, 1e3*end.Sub(began).Seconds())
		}
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}

const warmUp = 10

// session is what `scorebook kernel` starts.
func session() (server.Engine, error) {
	importer := exports.New()
	words, err := prelude.Package(importer)
	if err != nil {
		return nil, err
	}
	p := prelude.New()
	vocabulary := p.Symbols()
	return interp.New(interp.Options{Importer: importer, Prelude: words, Before: p.Bind,
		Symbols: func(path string) map[string]reflect.Value {
			if path == prelude.Path {
				return vocabulary
			}
			return symbols.Package(path)
		}})
}

type discard struct{}

func (discard) Send(protocol.Channel, protocol.Message) error { return nil }

// watch tells when the kernel is idle.
type watch struct{ idle chan time.Time }

func (w watch) Publish(m protocol.Message) {
	var status protocol.Status
	if m.Header.MsgType == "status" && json.Unmarshal(m.Content, &status) == nil && status.ExecutionState == "idle" {
		w.idle <- time.Now()
	}
}
