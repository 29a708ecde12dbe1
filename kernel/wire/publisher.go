package wire

import (
	"strings"
	"sync"

	"scorebook/kernel/protocol"
)

// publisher is the IOPub socket: what it sends goes to every subscriber, to all in the same order.
type publisher struct {
	*listener
	codec   Codec
	session string

	mu          sync.Mutex
	subscribers map[*peer]map[string]bool // and their topics
}

// attend reads one subscriber's subscriptions until it goes.
func (b *publisher) attend(p *peer) {
	b.mu.Lock()
	b.subscribers[p] = map[string]bool{}
	b.mu.Unlock()
	p.read(func(k packet) {
		if topic, on, ok := subscription(k); ok {
			b.subscribe(p, topic, on)
		}
	})
	b.mu.Lock()
	delete(b.subscribers, p)
	b.mu.Unlock()
}

// subscription reads a subscription, as a message (ZMTP 3.0) or as a command (3.1).
func subscription(k packet) (topic string, on, ok bool) {
	body := k.frames[0]
	switch {
	case k.command == "SUBSCRIBE" || k.command == "CANCEL":
		return string(body), k.command == "SUBSCRIBE", true
	case k.command == "" && len(k.frames) == 1 && len(body) > 0 && body[0] <= 1:
		return string(body[1:]), body[0] == 1, true
	}
	return "", false, false
}

// subscribe welcomes a new subscription before anything else can be sent for it.
func (b *publisher) subscribe(p *peer, topic string, on bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	topics := b.subscribers[p]
	if !on {
		delete(topics, topic)
		return
	}
	if topics[topic] {
		return
	}
	topics[topic] = true
	m, err := protocol.New(b.session, "iopub_welcome", protocol.IOPubWelcome{Subscription: topic})
	if err != nil {
		b.logf("welcome: %v", err)
		return
	}
	m.Identities = [][]byte{[]byte(topic)}
	_ = p.send(encodeMessage(b.codec.Encode(m))) // a subscriber that has gone needs no welcome
}

// publish sends m to all who subscribed to its topic. When one of them reads more slowly than a cell prints, output
// waits, for at most the stall time after which that subscriber is dropped; status does not wait.
func (b *publisher) publish(m protocol.Message) {
	topic := "kernel." + b.session + "." + m.Header.MsgType
	m.Identities = [][]byte{[]byte(topic)}
	encoded := encodeMessage(b.codec.Encode(m))
	if m.Header.MsgType != "status" && m.Header.MsgType != "shutdown_reply" {
		for _, p := range b.matching(topic) {
			p.waitRoom()
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for p, topics := range b.subscribers {
		if matches(topics, topic) {
			_ = p.send(encoded) // the listener reports the loss of a subscriber
		}
	}
}

func (b *publisher) matching(topic string) []*peer {
	b.mu.Lock()
	defer b.mu.Unlock()
	var found []*peer
	for p, topics := range b.subscribers {
		if matches(topics, topic) {
			found = append(found, p)
		}
	}
	return found
}

func matches(topics map[string]bool, topic string) bool {
	for prefix := range topics {
		if strings.HasPrefix(topic, prefix) {
			return true
		}
	}
	return false
}
