package cell

import "testing"

func TestCompletenessOf(t *testing.T) {
	for _, c := range []struct{ text, status, indent string }{
		{"", Complete, ""},
		{"1 + 1", Complete, ""},
		{"x := 3\nx * 2\n", Complete, ""},
		{"// only a comment", Complete, ""},
		{"x := 1;", Complete, ""},
		{"func f(x int) int {\n\treturn x\n}", Complete, ""},
		{"func f(x int) int {\n\treturn x\n}\n", Complete, ""},
		{"type P struct {\n\tX float64\n}\nP{1}", Complete, ""},
		{"import (\n\t\"fmt\"\n)\nfmt.Println(1)", Complete, ""},
		{"func() { panic(1) }()", Complete, ""},
		{"%time f(x", Complete, ""},
		{"!ls -l (", Complete, ""},
		{"%time\nx := 1", Complete, ""},
		{"`raw\nstring`", Complete, ""},

		{"func f() {", Incomplete, "    "},
		{"func f() {\n", Incomplete, "    "},
		{"for i := range 10 {\n\tif i > 2 {\n", Incomplete, "        "},
		{"for i := range 10 {\n\tif i > 2 {\n\t}\n", Incomplete, "    "},
		{"xs := []float64{\n\t1,\n", Incomplete, "    "},
		{"f(func() {\n", Incomplete, "    "},
		{"f(a,", Incomplete, "    "},
		{"f(a", Incomplete, "    "},
		{"y := 1 +", Incomplete, "    "},
		{"y :=", Incomplete, "    "},
		{"mat.", Incomplete, "    "},
		{"x := 1\ny := x *\n", Incomplete, "    "},
		{"switch x {\ncase 1:\n", Incomplete, "    "},
		{"s := `raw", Incomplete, ""},
		{"/* a comment", Incomplete, ""},
		{"import (", Incomplete, "    "},
		{"%time\nfor {", Incomplete, "    "},

		{"x := := 3", Invalid, ""},
		{"func f() { x := := 3", Invalid, ""},
		{"s := \"abc", Invalid, ""},
		{"c := 'a", Invalid, ""},
		{"f(a))", Invalid, ""},
		{"if x", Invalid, ""},
		{"1 2", Invalid, ""},
		{"for {\n\tx := )\n", Invalid, ""},
	} {
		if got := CompletenessOf(c.text); got != (Completeness{c.status, c.indent}) {
			t.Errorf("CompletenessOf(%q) = %q, want %q %q", c.text, got, c.status, c.indent)
		}
	}
}
