package prelude

import (
	"context"
	"crypto/rand"
	"sync/atomic"

	"scorebook/kernel/display"
)

// Path is the import path of this package, by which the checker and the interpreter know the prelude.
const Path = "scorebook/kernel/prelude"

// Prelude is the vocabulary of one session.
type Prelude struct {
	vocabulary Vocabulary
	renderer   *display.Renderer
	session    string // keeps the displays of two sessions apart
	cells      atomic.Uint64
	current    atomic.Pointer[bound]
}

// bound is what a running cell gives its calls.
type bound struct {
	ctx       context.Context
	publisher display.Publisher
	number    uint64 // of the cell in the session
	lines     progressLines
}

// Vocabulary holds the functions of a cell: its exported methods, and nothing else.
type Vocabulary struct{ prelude *Prelude }

// New returns the prelude of a fresh session. Until Bind is called it shows nothing and nothing stops it.
func New() *Prelude {
	p := &Prelude{session: rand.Text(), renderer: Renderer()}
	p.vocabulary.prelude = p
	p.Bind(context.Background())
	return p
}

// Bind gives the calls that follow the context of a cell: what ends them, and where they show what they have to show.
func (p *Prelude) Bind(ctx context.Context) {
	p.current.Store(&bound{ctx: ctx, publisher: display.PublisherFrom(ctx), number: p.cells.Add(1)})
}

func (v *Vocabulary) context() context.Context { return v.prelude.current.Load().ctx }

// show puts a value below the running cell.
func (v *Vocabulary) show(value any) {
	v.prelude.current.Load().publisher.Display(v.prelude.renderer.Render(value), "")
}
