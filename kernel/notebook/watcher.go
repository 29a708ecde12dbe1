package notebook

// Watcher is told how a run goes on. Its methods are called one at a time and should return soon.
type Watcher interface {
	CellStarted(Step)
	CellProgressed(Step, string) // one line, which stands in for the one before
	CellChecked(Step, Check)
	CellEnded(Step, *Failure) // nil when it went well
}

// Step is one code cell of a run.
type Step struct {
	Number, Of int // among the code cells, from 1
	Source     string
}

// nobody watches.
type nobody struct{}

func (nobody) CellStarted(Step)            {}
func (nobody) CellProgressed(Step, string) {}
func (nobody) CellChecked(Step, Check)     {}
func (nobody) CellEnded(Step, *Failure)    {}
