package wire

import (
	"fmt"
	"log"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"

	"scorebook/kernel/protocol"
)

// Options may be left zero.
type Options struct {
	Session string        // the kernel's session; "" = a fresh one
	Log     *log.Logger   // nil = silent
	Stall   time.Duration // how long a peer may take no bytes before it is dropped; 0 = 5 s
	Linger  time.Duration // how long Close waits for queues to drain; 0 = 1 s
}

// Sockets are the five sockets of a kernel.
type Sockets struct {
	connection Connection
	linger     time.Duration
	routers    map[protocol.Channel]*router
	iopub      *publisher
	heartbeat  *listener
}

// Listen binds the sockets that c names; a port of 0 is chosen freely, and Connection tells which. Without a key it
// refuses any address that other machines can reach. Connections are attended from Serve on.
func Listen(c Connection, o Options) (*Sockets, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if o.Session == "" {
		o.Session = protocol.NewID()
	}
	if o.Stall == 0 {
		o.Stall = 5 * time.Second
	}
	if o.Linger == 0 {
		o.Linger = time.Second
	}
	s := &Sockets{connection: c, linger: o.Linger, routers: map[protocol.Channel]*router{}}
	if err := s.bind(o); err != nil {
		s.closeAll(time.Now())
		return nil, err
	}
	return s, nil
}

func (s *Sockets) bind(o Options) error {
	c, codec := &s.connection, Codec{Key: []byte(s.connection.Key)}
	for _, r := range []struct {
		channel protocol.Channel
		port    *int
	}{{protocol.Shell, &c.ShellPort}, {protocol.Control, &c.ControlPort}, {protocol.Stdin, &c.StdinPort}} {
		l, err := open(c, r.channel.String(), r.port, zmq4.Router, o)
		if err != nil {
			return err
		}
		s.routers[r.channel] = &router{listener: l, channel: r.channel, codec: codec, peers: map[string]*peer{}}
	}
	l, err := open(c, "iopub", &c.IOPubPort, zmq4.XPub, o)
	if err != nil {
		return err
	}
	s.iopub = &publisher{listener: l, codec: codec, session: o.Session, subscribers: map[*peer]map[string]bool{}}
	s.heartbeat, err = open(c, "heartbeat", &c.HBPort, zmq4.Rep, o)
	return err
}

// open binds one socket and stores the port it got.
func open(c *Connection, name string, port *int, kind zmq4.SocketType, o Options) (*listener, error) {
	l, got, err := c.listen(*port)
	if err != nil {
		return nil, fmt.Errorf("wire: %s: %w", name, err)
	}
	*port = got
	logf := func(format string, args ...any) {
		if o.Log != nil {
			o.Log.Printf("wire: "+name+": "+format, args...)
		}
	}
	return &listener{Listener: l, kind: kind, stall: o.Stall, logf: logf, peers: map[*peer]struct{}{}}, nil
}

// Connection is the connection with the ports that were bound.
func (s *Sockets) Connection() Connection { return s.connection }

// Serve attends the sockets until Close. It gives each message, with its identities, to handle, which is called from one
// goroutine per connection and should return at once.
func (s *Sockets) Serve(handle func(protocol.Channel, protocol.Message)) {
	var serving sync.WaitGroup
	for _, r := range s.routers {
		serving.Go(func() { r.serve(func(p *peer) { r.attend(p, handle) }) })
	}
	serving.Go(func() { s.iopub.serve(s.iopub.attend) })
	serving.Go(func() { s.heartbeat.serve(echo) })
	serving.Wait()
}

// echo returns every message of a heartbeat as it came.
func echo(p *peer) {
	p.read(func(k packet) {
		if k.command == "" {
			_ = p.send(encodeMessage(k.frames)) // a peer that has gone feels no heartbeat
		}
	})
}

// Send queues m for the peer that its first identity names, on shell, control or stdin.
func (s *Sockets) Send(channel protocol.Channel, m protocol.Message) error {
	r := s.routers[channel]
	if r == nil {
		return fmt.Errorf("wire: nothing is sent to one peer on %s", channel)
	}
	return r.send(m)
}

// Publish sends m to every subscriber of IOPub. It waits while one that is alive has too much waiting for it.
func (s *Sockets) Publish(m protocol.Message) { s.iopub.publish(m) }

// Close sends what is queued, for at most Options.Linger, and closes every connection.
func (s *Sockets) Close() { s.closeAll(time.Now().Add(s.linger)) }

func (s *Sockets) closeAll(deadline time.Time) {
	var closing sync.WaitGroup
	for _, r := range s.routers {
		closing.Go(func() { r.close(deadline) })
	}
	if s.iopub != nil {
		closing.Go(func() { s.iopub.close(deadline) })
	}
	if s.heartbeat != nil {
		closing.Go(func() { s.heartbeat.close(deadline) })
	}
	closing.Wait()
}
