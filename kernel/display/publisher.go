package display

import "context"

// Publisher shows bundles while a cell is running. An id names a display so that Update can replace what it
// shows; "" stands for a display nobody will update. Clear empties the cell's output, at once or, with wait, when the
// next output comes.
type Publisher interface {
	Display(b Bundle, id string)
	Update(b Bundle, id string)
	Clear(wait bool)
}

// Discard is the publisher that shows nothing.
type Discard struct{}

func (Discard) Display(Bundle, string) {}
func (Discard) Update(Bundle, string)  {}
func (Discard) Clear(bool)             {}

type publisherKey struct{}

// WithPublisher returns a context that carries p.
func WithPublisher(ctx context.Context, p Publisher) context.Context {
	return context.WithValue(ctx, publisherKey{}, p)
}

// PublisherFrom returns the publisher that ctx carries, or Discard.
func PublisherFrom(ctx context.Context) Publisher {
	if p, ok := ctx.Value(publisherKey{}).(Publisher); ok && p != nil {
		return p
	}
	return Discard{}
}
