package wire

import (
	"fmt"
	"sync"

	"scorebook/kernel/protocol"
)

// router is a socket that many peers talk to and that answers each by its identity: shell, control and stdin.
type router struct {
	*listener
	channel protocol.Channel
	codec   Codec

	mu    sync.Mutex
	peers map[string]*peer
}

// attend reads one peer's messages until it goes.
func (r *router) attend(p *peer, handle func(protocol.Channel, protocol.Message)) {
	r.enter(p)
	defer r.leave(p)
	p.read(func(k packet) {
		if k.command != "" {
			return
		}
		m, err := r.codec.Decode(k.frames)
		if err != nil {
			r.logf("message dropped: %v", err)
			return
		}
		m.Identities = append([][]byte{[]byte(p.identity)}, m.Identities...)
		handle(r.channel, m)
	})
}

// enter makes p the holder of its identity. Of two with one identity the newest wins: the older is a connection whose
// other end is gone.
func (r *router) enter(p *peer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if p.identity == "" {
		p.identity = "\x00" + protocol.NewID()
	}
	if old := r.peers[p.identity]; old != nil {
		old.fail(fmt.Errorf("replaced by a newer connection"))
	}
	r.peers[p.identity] = p
}

func (r *router) leave(p *peer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.peers[p.identity] == p {
		delete(r.peers, p.identity)
	}
}

// send queues m for the peer that its first identity names.
func (r *router) send(m protocol.Message) error {
	if len(m.Identities) == 0 {
		return fmt.Errorf("wire: %s: a message to nobody", r.channel)
	}
	r.mu.Lock()
	p := r.peers[string(m.Identities[0])]
	r.mu.Unlock()
	if p == nil {
		return fmt.Errorf("wire: %s: the receiver is not connected", r.channel)
	}
	m.Identities = m.Identities[1:]
	if err := p.send(encodeMessage(r.codec.Encode(m))); err != nil {
		return fmt.Errorf("wire: %s: %w", r.channel, err)
	}
	return nil
}
