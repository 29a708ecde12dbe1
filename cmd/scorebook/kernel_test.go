package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestKernelNeedsAUsableConnectionFile(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"empty.json":  "",
		"open.json":   `{"ip": "0.0.0.0", "key": ""}`,
		"scheme.json": `{"key": "k", "signature_scheme": "hmac-md5"}`,
	} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if status, _, stderr := command(t, "kernel", file); status != exitFailed || !strings.Contains(stderr, "wire: ") {
			t.Errorf("%s: status %d, %q", name, status, stderr)
		}
	}
	if status, _, _ := command(t, "kernel", filepath.Join(dir, "none.json")); status != exitFailed {
		t.Errorf("no connection file: status %d", status)
	}
}
