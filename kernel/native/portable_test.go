package native

import "testing"

// TestWithoutCompiler runs what machines without wazero's compiler run, with the same results.
func TestWithoutCompiler(t *testing.T) {
	portable, err := New(Options{Portable: true})
	if err != nil {
		t.Fatal(err)
	}
	defer portable.Close()
	compiler := newCompiler(t)
	for i := range 60 {
		text := generate(*generatedSeed, i)
		want, err := runNative(t, compiler, text, i)
		if err != nil {
			t.Fatal(err)
		}
		got, err := runNative(t, portable, text, i)
		if err != nil {
			t.Fatal(err)
		}
		for k := range want {
			if got[k] != want[k] {
				t.Errorf("seed %d, program %d, run %d:\n%s without the compiler,\n%s with it\n%s", *generatedSeed, i, k, got[k], want[k], text)
			}
		}
	}
}
