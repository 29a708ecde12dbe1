package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// environment returns the Python of an environment that has modules, as `import` names them; one that has not is made from
// packages of PyPI, in the user's cache, where the next run finds it.
func environment(name, modules string, packages ...string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "scorebook", name)
	python := filepath.Join(dir, "bin", "python")
	if exec.Command(python, "-c", "import "+modules).Run() == nil {
		return python, nil
	}
	fmt.Fprintln(os.Stderr, "setting up", modules, "in", dir)
	install := append([]string{python, "-m", "pip", "install", "-q"}, packages...)
	for _, c := range [][]string{{"python3", "-m", "venv", dir}, install} {
		if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s: %w\n%s", strings.Join(c, " "), err, out)
		}
	}
	return python, nil
}

// scorePeers is the environment of PyTorch, scikit-learn and Numba.
func scorePeers() (string, error) {
	return environment("score-peers", "torch, sklearn, numba", "numpy", "torch", "scikit-learn", "numba")
}
