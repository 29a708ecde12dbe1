package reflect_test

import (
	"reflect"
	"testing"

	own "scorebook/kernel/lower/library/reflect"
)

func TestTypeFor(t *testing.T) {
	if own.TypeFor[error]() != reflect.TypeFor[error]() || own.TypeFor[[]int]() != reflect.TypeFor[[]int]() {
		t.Error("another type")
	}
	n, ok := own.TypeAssert[int](reflect.ValueOf(3))
	if _, isString := own.TypeAssert[string](reflect.ValueOf(3)); n != 3 || !ok || isString {
		t.Error("another value")
	}
}
