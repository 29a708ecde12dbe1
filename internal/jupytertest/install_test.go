package jupytertest

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// newcomer is somebody with an empty home and only the programs that are linked into it.
type newcomer struct {
	home string
	env  []string
}

// shellTools is what install.sh itself calls.
var shellTools = []string{"sh", "cat", "cut", "dirname", "ln", "mkdir", "mktemp", "mv", "readlink", "rm", "rmdir", "sed", "tail"}

func newNewcomer(t *testing.T, programs ...string) newcomer {
	t.Helper()
	home := t.TempDir()
	bin := filepath.Join(home, "programs")
	if err := os.Mkdir(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, program := range append(programs, shellTools...) {
		file, err := exec.LookPath(program)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(file, filepath.Join(bin, filepath.Base(program))); err != nil {
			t.Fatal(err)
		}
	}
	env := []string{"HOME=" + home, "PATH=" + bin, "GOTOOLCHAIN=local"}
	for _, kept := range []string{"GOPATH", "GOCACHE", "GOMODCACHE"} { // nothing is fetched or compiled anew
		value, err := exec.Command("go", "env", kept).Output()
		if err != nil {
			t.Fatal(err)
		}
		env = append(env, kept+"="+strings.TrimSpace(string(value)))
	}
	return newcomer{home: home, env: env}
}

// place puts an executable script among the newcomer's programs.
func (n newcomer) place(t *testing.T, name, script string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(n.home, "programs", name), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
}

// install runs install.sh and returns all it said.
func (n newcomer) install(t *testing.T, args ...string) (said string, err error) {
	t.Helper()
	cmd := exec.Command(filepath.Join(root(t), "install.sh"), args...)
	cmd.Env = n.env
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	err = runFor(t, limitQuickstart, cmd)
	return out.String(), err
}

// local lists what lies in the newcomer's .local, files and folders.
func (n newcomer) local(t *testing.T) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(filepath.Join(n.home, ".local"), func(name string, _ fs.DirEntry, err error) error {
		names = append(names, name)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if err != nil {
		return nil
	}
	return names
}

func wantSaid(t *testing.T, said string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(said, w) {
			t.Errorf("install.sh does not say %q:\n%s", w, said)
		}
	}
}

func TestInstallWithoutGoSaysWhatToDo(t *testing.T) {
	n := newNewcomer(t)
	said, err := n.install(t)
	if err == nil {
		t.Error("install.sh succeeds without Go")
	}
	wantSaid(t, said, "Go is not installed", "https://go.dev/dl/")
	if left := n.local(t); left != nil {
		t.Errorf("it left %v", left)
	}
}

func TestInstallWithAnOldGoSaysWhatToDo(t *testing.T) {
	for _, c := range []struct{ version, script string }{
		{"go1.25.3", "case $1 in env) echo go1.25.3 ;; esac"},
		// Before 1.21, Go does not understand this module's go.mod.
		{"go1.20.14", "case $1 in env) exit 1 ;; version) echo go version go1.20.14 linux/amd64 ;; esac"},
	} {
		n := newNewcomer(t)
		n.place(t, "go", c.script)
		said, err := n.install(t)
		if err == nil {
			t.Errorf("install.sh succeeds with %s", c.version)
		}
		wantSaid(t, said, "too old", c.version, "https://go.dev/dl/")
	}
}

func TestInstallWithoutJupyterStillRunsTheQuickstart(t *testing.T) {
	for _, c := range []struct{ python, missing string }{
		{"", "no Python on the PATH"},
		{"case $2 in venv) exit 1 ;; esac", "cannot make a virtual environment"},
		{`mkdir -p "$3/bin" && printf '#!/bin/sh\nexit 1\n' >"$3/bin/python" && chmod +x "$3/bin/python"`, "index could not be reached"},
	} {
		n := newNewcomer(t, "go", "chmod")
		args := []string{"--no-quickstart"}
		if c.python == "" {
			args = nil
		} else {
			n.place(t, "python3", c.python)
		}
		said, err := n.install(t, args...)
		if err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		wantSaid(t, said, c.missing, "Go (scorebook)", "run NOTEBOOK.ipynb")
		if result := filepath.Join(n.home, ".local", "share", "scorebook", "quickstart", "quickstart.ipynb"); args == nil {
			wantSaid(t, said, result)
			for _, one := range readNotebook(t, result).checks(t) {
				if !one.OK {
					t.Errorf("check %q fails with %s", one.Name, one.Value)
				}
			}
		}
	}
}

func TestInstallTwiceThenUninstallLeavesNothing(t *testing.T) {
	python := outside(t, "SCOREBOOK_JUPYTER")
	n := newNewcomer(t, "go", filepath.Join(filepath.Dir(python), "jupyter"))
	for range 2 {
		said, err := n.install(t, "--no-quickstart")
		if err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		wantSaid(t, said, "JupyterLab: your own")
	}
	binary := filepath.Join(n.home, ".local", "bin", "scorebook")
	if out, err := exec.Command(binary, "version").CombinedOutput(); err != nil {
		t.Errorf("%s version: %v\n%s", binary, err, out)
	}
	if said, err := n.install(t, "--uninstall"); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if left := n.local(t); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

func TestUninstallKeepsWhatItDidNotPlace(t *testing.T) {
	n := newNewcomer(t, "go")
	mine := filepath.Join(n.home, ".local", "share", "scorebook", "quickstart", "mine.ipynb")
	other := filepath.Join(n.home, ".local", "bin", "scorebook")
	for _, file := range []string{mine, other} {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := n.install(t, "--no-quickstart"); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	said, err := n.install(t, "--uninstall")
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	wantSaid(t, said, "left in")
	for _, file := range []string{mine, other} {
		if content, err := os.ReadFile(file); err != nil || string(content) != "mine" {
			t.Errorf("%s: %q, %v", file, content, err)
		}
	}
}
