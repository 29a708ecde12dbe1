package interp_test

import (
	"errors"
	"go/types"
	"testing"

	"scorebook/internal/celltest"
	"scorebook/kernel/cell"
	"scorebook/kernel/cell/exports"
	"scorebook/kernel/lower"
)

// FuzzLower checks and lowers any text: it is refused as a fault of the user's, or lowered; never is there a panic.
func FuzzLower(f *testing.F) {
	scripts, err := celltest.Load("testdata/cells")
	if err != nil {
		f.Fatal(err)
	}
	for _, cases := range scripts {
		for _, c := range cases {
			for _, text := range c.Cells {
				f.Add(text)
			}
		}
	}
	importer := exports.New()
	f.Fuzz(func(t *testing.T, text string) {
		scope := cell.NewScope(importer, nil)
		checked, err := scope.Check(cell.Source{Number: 1, Text: text})
		if err == nil {
			numbers := map[types.Type]int{}
			number := func(t types.Type) int {
				if _, ok := numbers[t]; !ok {
					numbers[t] = len(numbers)
				}
				return numbers[t]
			}
			_, err = lower.New(number, importer, nil).Lower(checked)
		}
		var known *cell.Error
		if err != nil && !errors.As(err, &known) {
			t.Errorf("%q: %v is no fault of the user's", text, err)
		}
	})
}
