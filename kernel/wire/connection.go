package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
)

// Connection is what a connection file tells a kernel: where to listen and how to sign.
type Connection struct {
	Transport       string `json:"transport"`
	IP              string `json:"ip"` // for the transport "ipc": the path that port numbers are appended to
	ShellPort       int    `json:"shell_port"`
	IOPubPort       int    `json:"iopub_port"`
	StdinPort       int    `json:"stdin_port"`
	ControlPort     int    `json:"control_port"`
	HBPort          int    `json:"hb_port"`
	SignatureScheme string `json:"signature_scheme"`
	Key             string `json:"key"`
	KernelName      string `json:"kernel_name,omitempty"`
}

// ReadConnection reads a connection file. What it leaves out is TCP on the loopback address.
func ReadConnection(path string) (Connection, error) {
	c := Connection{Transport: "tcp", IP: "127.0.0.1", SignatureScheme: "hmac-sha256"}
	raw, err := os.ReadFile(path)
	if err != nil {
		return c, fmt.Errorf("wire: connection file: %w", err)
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return c, fmt.Errorf("wire: connection file %s: %w", path, err)
	}
	return c, nil
}

// Write writes the connection file, readable only by its owner because it holds the key.
func (c Connection) Write(path string) error {
	raw, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return fmt.Errorf("wire: connection file: %w", err)
	}
	if err := os.WriteFile(path, append(raw, '\n'), 0o600); err != nil {
		return fmt.Errorf("wire: connection file: %w", err)
	}
	return nil
}

// loopback reports whether only this machine can reach the sockets.
func (c Connection) loopback() bool {
	if c.Transport == "ipc" || c.IP == "localhost" {
		return true
	}
	ip := net.ParseIP(c.IP)
	return ip != nil && ip.IsLoopback()
}

func (c Connection) check() error {
	switch {
	case c.Transport != "tcp" && c.Transport != "ipc":
		return fmt.Errorf("wire: transport %q is not supported; use tcp or ipc", c.Transport)
	case c.SignatureScheme != "hmac-sha256" && c.Key != "":
		return fmt.Errorf("wire: signature scheme %q is not supported; use hmac-sha256", c.SignatureScheme)
	case c.Key == "" && !c.loopback():
		return errors.New("wire: a kernel that other machines can reach needs a key: anybody could run code on " + c.IP)
	}
	return nil
}

// listen opens one socket and returns the port it got.
func (c Connection) listen(port int) (net.Listener, int, error) {
	if c.Transport == "ipc" {
		l, err := listenUnix(c.IP + "-" + strconv.Itoa(port))
		return l, port, err
	}
	host := c.IP
	if host == "*" {
		host = ""
	}
	l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil {
		return nil, 0, err
	}
	return l, l.Addr().(*net.TCPAddr).Port, nil
}

// listenUnix takes the place of a socket that a killed kernel has left behind, but not of one that somebody listens on.
func listenUnix(path string) (net.Listener, error) {
	l, err := net.Listen("unix", path)
	if err == nil {
		return l, nil
	}
	if conn, dialErr := net.Dial("unix", path); dialErr == nil {
		conn.Close()
		return nil, err
	}
	if removeErr := os.Remove(path); removeErr != nil {
		return nil, err
	}
	return net.Listen("unix", path)
}
