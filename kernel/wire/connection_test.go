package wire

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestConnectionFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kernel.json")
	want := Connection{Transport: "tcp", IP: "127.0.0.1", ShellPort: 1, IOPubPort: 2, StdinPort: 3, ControlPort: 4, HBPort: 5,
		SignatureScheme: "hmac-sha256", Key: "secret"}
	if err := want.Write(path); err != nil {
		t.Fatal(err)
	}
	if got, err := ReadConnection(path); err != nil || got != want {
		t.Errorf("%+v %v", got, err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte(`{"shell_port":`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadConnection(path); err == nil {
		t.Error("half a file was accepted")
	}
	if _, err := ReadConnection(path + ".none"); err == nil {
		t.Error("no file was accepted")
	}
}

func TestUnsafeConnectionsAreRefused(t *testing.T) {
	for _, c := range []Connection{
		{Transport: "tcp", IP: "0.0.0.0", SignatureScheme: "hmac-sha256"},
		{Transport: "tcp", IP: "*", SignatureScheme: "hmac-sha256"},
		{Transport: "tcp", IP: "192.0.2.1", SignatureScheme: "hmac-sha256"},
		{Transport: "tcp", IP: "127.0.0.1", SignatureScheme: "hmac-md5", Key: "k"},
		{Transport: "udp", IP: "127.0.0.1", SignatureScheme: "hmac-sha256", Key: "k"},
	} {
		if s, err := Listen(c, Options{}); err == nil {
			s.Close()
			t.Errorf("%+v was accepted", c)
		}
	}
}

func TestLocalSockets(t *testing.T) {
	for _, c := range []Connection{
		{Transport: "tcp", IP: "127.0.0.1"},
		{Transport: "tcp", IP: "localhost"},
		{Transport: "tcp", IP: "0.0.0.0", Key: "k", SignatureScheme: "hmac-sha256"},
		{Transport: "ipc", IP: filepath.Join(t.TempDir(), "kernel"), ShellPort: 1, IOPubPort: 2, StdinPort: 3, ControlPort: 4, HBPort: 5},
	} {
		s, err := Listen(c, Options{})
		if err != nil {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		if got := s.Connection(); got.ShellPort == 0 || got.ShellPort == got.HBPort {
			t.Errorf("%+v", got)
		}
		s.Close()
	}
}

func TestSocketLeftBehind(t *testing.T) {
	c := Connection{Transport: "ipc", IP: filepath.Join(t.TempDir(), "kernel"), ShellPort: 1, IOPubPort: 2, StdinPort: 3, ControlPort: 4, HBPort: 5}
	left, err := net.Listen("unix", c.IP+"-1")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := Listen(c, Options{}); err == nil {
		s.Close()
		t.Error("the socket of a living kernel was taken")
	}
	left.(*net.UnixListener).SetUnlinkOnClose(false)
	left.Close()
	s, err := Listen(c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}
