package display

import (
	"context"
	"errors"
)

// Asker asks whoever sits before the front end: a prompt, and whether what is typed is hidden.
type Asker interface {
	Ask(prompt string, hidden bool) (string, error)
}

type askerKey struct{}

// WithAsker returns a context that carries a.
func WithAsker(ctx context.Context, a Asker) context.Context {
	return context.WithValue(ctx, askerKey{}, a)
}

// AskerFrom returns the asker that ctx carries, or one that says that nobody can be asked.
func AskerFrom(ctx context.Context) Asker {
	if a, ok := ctx.Value(askerKey{}).(Asker); ok && a != nil {
		return a
	}
	return nobody{}
}

type nobody struct{}

func (nobody) Ask(string, bool) (string, error) { return "", errors.New("there is nobody to ask") }
