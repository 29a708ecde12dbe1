package errors_test

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	own "scorebook/kernel/lower/library/errors"
)

func TestAsType(t *testing.T) {
	err := fmt.Errorf("in: %w", errors.Join(errors.New("a"), &fs.PathError{Op: "open", Path: "p", Err: fs.ErrNotExist}))
	got, ok := own.AsType[*fs.PathError](err)
	want, wantOK := errors.AsType[*fs.PathError](err)
	if got != want || ok != wantOK || !ok {
		t.Errorf("found %v, %t", got, ok)
	}
	if _, ok := own.AsType[*fs.PathError](errors.New("other")); ok {
		t.Error("found what is not there")
	}
}
