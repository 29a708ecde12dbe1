package prelude

import "errors"

// Failure is what a function of the prelude panics with when the library returns an error.
type Failure struct{ Err error }

// Error says what the library says: what is wrong, with figures, and what to try.
func (f *Failure) Error() string { return f.Err.Error() }

// Hint is a remedy that the error tells apart from its text, or "".
func (f *Failure) Hint() string {
	var hinted interface{ Hint() string }
	if errors.As(f.Err, &hinted) {
		return hinted.Hint()
	}
	return ""
}

// Unwrap returns the library's error.
func (f *Failure) Unwrap() error { return f.Err }

// must returns the value of a call that went well.
func must[T any](value T, err error) T {
	if err != nil {
		panic(&Failure{err})
	}
	return value
}
