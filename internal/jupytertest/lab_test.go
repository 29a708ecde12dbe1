package jupytertest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// lab is a running JupyterLab server whose files lie in dir.
type lab struct {
	dir, url, token string
}

// newLab starts JupyterLab on a port of its own choice and stops it when the test ends.
func (j jupyter) newLab(t *testing.T) lab {
	t.Helper()
	dir, settings, runtime := t.TempDir(), t.TempDir(), t.TempDir()
	// All cells at once on the page, and no question asked of the network.
	writeSettings(t, settings, "notebook-extension/tracker", `{"windowingMode": "none"}`)
	writeSettings(t, settings, "apputils-extension/notification", `{"fetchNews": "false", "checkForUpdates": false}`)

	log, err := os.Create(filepath.Join(runtime, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	server := exec.Command(j.python, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.port=0",
		"--ServerApp.root_dir="+dir, "--LabApp.user_settings_dir="+settings,
		"--LabApp.workspaces_dir="+filepath.Join(runtime, "workspaces"))
	server.Env = append(j.env, "JUPYTER_RUNTIME_DIR="+runtime)
	server.Stdout, server.Stderr = log, log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop(server)
		if text, err := os.ReadFile(log.Name()); err == nil && t.Failed() {
			t.Logf("JupyterLab said:\n%s", tail(string(text)))
		}
	})
	url, token := awaitServer(t, runtime)
	return lab{dir: dir, url: url, token: token}
}

// stop asks a server to end, which it does on the second interrupt, and makes sure that it has.
func stop(server *exec.Cmd) {
	server.Process.Signal(os.Interrupt)
	server.Process.Signal(os.Interrupt)
	kill := time.AfterFunc(10*time.Second, func() { server.Process.Kill() })
	defer kill.Stop()
	server.Wait()
}

func writeSettings(t *testing.T, dir, plugin, content string) {
	t.Helper()
	file := filepath.Join(dir, "@jupyterlab", filepath.FromSlash(plugin)+".jupyterlab-settings")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// awaitServer reads the address from the file that a Jupyter server leaves in its runtime folder.
func awaitServer(t *testing.T, runtime string) (url, token string) {
	t.Helper()
	for range 600 {
		files, _ := filepath.Glob(filepath.Join(runtime, "jpserver-*.json"))
		if len(files) == 1 {
			var info struct{ URL, Token string }
			if content, err := os.ReadFile(files[0]); err == nil && json.Unmarshal(content, &info) == nil {
				return info.URL, info.Token
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("JupyterLab did not start within a minute")
	return "", ""
}

// seen is what a browser found on the page after Run All.
type seen struct {
	Cells, Images int
	Errors        []string // tracebacks, and whatever else went to stderr
	Text          string
}

// runAll opens a notebook of the lab's folder in Chromium, chooses the kernel by the name people see, runs every
// cell, saves, and keeps a picture of the whole notebook.
func (l lab) runAll(t *testing.T, notebook, kernel string, limit time.Duration) seen {
	t.Helper()
	out := l.visit(t, "browser.mjs", notebook, kernel, limit)
	var page seen
	if err := json.Unmarshal([]byte(out), &page); err != nil {
		t.Fatalf("%v in %q", err, tail(out))
	}
	return page
}

// visit opens a notebook in Chromium with one of testdata's scripts and returns what it printed.
func (l lab) visit(t *testing.T, script, notebook, kernel string, limit time.Duration) string {
	t.Helper()
	screenshot := filepath.Join(artifacts(t), strings.TrimSuffix(notebook, ".ipynb")+".png")
	order, err := json.Marshal(map[string]any{
		"url":        fmt.Sprintf("%slab/tree/%s?token=%s", l.url, notebook, l.token),
		"kernel":     kernel,
		"chromium":   outside(t, "SCOREBOOK_BROWSER"),
		"modules":    outside(t, "SCOREBOOK_NODE"),
		"profile":    t.TempDir(),
		"screenshot": screenshot,
		"seconds":    limit.Seconds(),
	})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "order.json")
	if err := os.WriteFile(file, order, 0o644); err != nil {
		t.Fatal(err)
	}
	out := call(t, limit+3*time.Minute, exec.Command("node", filepath.Join("testdata", script), file))
	t.Logf("screenshot: %s", screenshot)
	return out
}

// artifacts is where pictures are kept.
func artifacts(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("SCOREBOOK_ARTIFACTS")
	if dir == "" {
		return t.TempDir()
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}
