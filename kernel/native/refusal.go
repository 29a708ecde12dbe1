package native

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// A Refusal says why a function stays with the interpreter: the first place that prevents it, and the reason.
type Refusal struct {
	Pos token.Pos
	Why string
}

func (r *Refusal) Error() string { return r.Why }

// refuse abandons the lowering of a function; attempt turns it into the error.
func refuse(n ast.Node, format string, args ...any) {
	panic(&Refusal{Pos: n.Pos(), Why: fmt.Sprintf(format, args...)})
}

func refuseAt(pos token.Pos, format string, args ...any) {
	panic(&Refusal{Pos: pos, Why: fmt.Sprintf(format, args...)})
}

// attempt runs f and returns the Refusal it stopped at, if any.
func attempt(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			refusal, ok := r.(*Refusal)
			if !ok {
				panic(r)
			}
			err = refusal
		}
	}()
	f()
	return nil
}

// short writes a type without its package path.
func short(t types.Type) string {
	return types.TypeString(t, func(*types.Package) string { return "" })
}
