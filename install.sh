#!/bin/sh
# Builds Scorebook, tells Jupyter about it, and runs the quickstart. See ./install.sh --help.
set -eu

root=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}/scorebook
binary=$data/bin/scorebook
link=$HOME/.local/bin/scorebook
venv=$data/venv
results=$data/quickstart
placed=$data/placed # the folders and links made outside $data, innermost first
notebook=$root/notebooks/guide/quickstart.ipynb

usage() {
	cat <<-END
	Usage: ./install.sh [--no-quickstart | --uninstall | --help]

	Builds the scorebook binary, installs the Jupyter kernel "Go (scorebook)" for you alone, makes sure that there
	is a JupyterLab (yours, or a private one from PyPI), and executes the quickstart notebook. Needs Go; nothing
	needs root. It may be run again at any time.

	  --no-quickstart   do all but execute the notebook
	  --uninstall       take back everything that was put here:
	                      $binary, a link to it at
	                      $link,
	                      $venv, $results,
	                      and the kernelspec
	END
}

say() { printf '%s\n' "$*"; }
step() { printf '\n==> %s\n' "$*"; }
fail() {
	printf '\n%s\n' "$@" >&2
	exit 1
}

# make_folder makes a folder and notes which of those above it were missing, so that they can be taken back.
make_folder() {
	[ -d "$1" ] && return
	make_folder "$(dirname "$1")"
	mkdir "$1"
	made="$1
$made"
}

# check_go makes sure that the Go on the PATH can build this module.
check_go() {
	needed=$(sed -n 's/^go //p' "$root/go.mod")
	minor=$(printf '%s' "$needed" | cut -d. -f2)
	advice="Install Go ${needed%.*} or newer from https://go.dev/dl/ or with your package manager, then run ./install.sh again."
	command -v go >/dev/null 2>&1 || fail "Go is not installed, or not on the PATH." "$advice"
	# In the module's folder an older Go fetches the one that go.mod names, where it may and can.
	have=$(cd "$root" && go env GOVERSION 2>/dev/null) || have=
	[ -n "$have" ] || have=$(cd / && go version 2>/dev/null | cut -d' ' -f3) || have=
	numbers=$(printf '%s' "$have" | sed -n 's/.*go\([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
	# shellcheck disable=SC2086 # two words
	set -- ${numbers:-0 0}
	if [ "$1" -lt 1 ] || { [ "$1" -eq 1 ] && [ "$2" -lt "$minor" ]; }; then
		fail "Go is too old: ${have:-an unknown version} at $(command -v go), and Scorebook needs ${needed%.*}." "$advice"
	fi
	say "Go: $have"
}

build() {
	made=
	make_folder "$(dirname "$data")"
	make_folder "$(dirname "$link")"
	mkdir -p "$data/bin"
	printf '%s' "$made" >>"$placed"
	# Built beside the old one and moved into place: a kernel that is running keeps the file it started from.
	(cd "$root" && go build -buildvcs=false -o "$binary.new" ./cmd/scorebook) ||
		fail "The build failed; the lines above say why. It needs the module proxy at its first run."
	mv -f "$binary.new" "$binary"
	say "Built $binary"
	if [ ! -e "$link" ] && [ ! -L "$link" ]; then
		ln -s "$binary" "$link"
		say "Linked $link"
	fi
	case ":$PATH:" in
	*":$(dirname "$link"):"*) command=scorebook ;;
	*) command=$binary ;;
	esac
}

# has_lab tells whether a jupyter command starts a JupyterLab. It is asked without leaving files in the user's home.
has_lab() { alone "$1" lab --version >/dev/null 2>&1; }

alone() {
	JUPYTER_CONFIG_DIR=$scratch JUPYTER_DATA_DIR=$scratch JUPYTER_RUNTIME_DIR=$scratch IPYTHONDIR=$scratch "$@"
}

# find_jupyter sets jupyter to the user's own, else to a private one, else to nothing, with the reason in missing.
find_jupyter() {
	jupyter=$(command -v jupyter 2>/dev/null) || jupyter=
	if [ -n "$jupyter" ] && has_lab "$jupyter"; then
		say "JupyterLab: your own, $jupyter"
		return
	fi
	jupyter=$venv/bin/jupyter
	if has_lab "$jupyter"; then
		say "JupyterLab: the private one, $jupyter"
	elif make_private_jupyter; then
		say "JupyterLab: a private one, new in $venv"
	else
		jupyter=
		say "JupyterLab: none. $missing"
	fi
}

make_private_jupyter() {
	python=$(command -v python3 || command -v python) || {
		missing="There is no Python on the PATH; JupyterLab needs Python 3.9 or newer."
		return 1
	}
	rm -rf "$venv"
	"$python" -m venv "$venv" >"$scratch/log" 2>&1 || {
		rm -rf "$venv"
		missing="$python cannot make a virtual environment (on Debian and Ubuntu: apt install python3-venv)."
		return 1
	}
	say "Fetching JupyterLab from the Python package index; this takes a minute or two."
	"$venv/bin/python" -m pip install --quiet --retries 2 "jupyterlab>=4,<5" nbconvert nbclient jupyter_client \
		>"$scratch/log" 2>&1 || {
		tail -n 3 "$scratch/log"
		rm -rf "$venv"
		missing="The Python package index could not be reached, or has no JupyterLab 4 for $python."
		return 1
	}
}

run_quickstart() {
	mkdir -p "$results"
	"$binary" run -o "$results/quickstart.ipynb" "$notebook" ||
		fail "The quickstart did not pass: see $results/quickstart.ipynb. The kernel itself is installed."
	[ -n "$jupyter" ] || return 0
	alone "$jupyter" nbconvert --log-level=ERROR --to html --output-dir "$results" "$results/quickstart.ipynb" \
		>"$scratch/log" 2>&1 || {
		rm -f "$results/quickstart.html"
		say "No HTML of it: $jupyter has no working nbconvert."
	}
}

summary() {
	step "Done"
	if [ -f "$results/quickstart.ipynb" ]; then
		say "The executed quickstart: $results/quickstart.ipynb"
	fi
	if [ -f "$results/quickstart.html" ]; then
		say "The same to read:        $results/quickstart.html"
	fi
	if [ -n "$jupyter" ]; then
		say "Open it in JupyterLab:   $jupyter lab $notebook"
		say "                         and choose the kernel \"Go (scorebook)\""
	else
		say "Missing for JupyterLab:  $missing"
		say "                         Mend that and run ./install.sh again; the kernel is installed already."
	fi
	say "Without Jupyter:         $command run NOTEBOOK.ipynb"
	say "When something is wrong: $command doctor"
	say "To take it all back:     ./install.sh --uninstall"
}

install() {
	step "Building"
	check_go
	build
	step "Installing the kernel"
	"$binary" install
	step "Looking for JupyterLab"
	missing=
	find_jupyter
	if [ "$1" = with-quickstart ]; then
		step "Executing the quickstart"
		run_quickstart
	fi
	summary
}

uninstall() {
	if [ ! -d "$data" ]; then
		say "Nothing to take back: $data is not there."
		return
	fi
	if [ -x "$binary" ]; then
		"$binary" uninstall || say "The kernelspec stays."
	fi
	if [ -L "$link" ] && [ "$(readlink "$link")" = "$binary" ]; then
		rm -f "$link"
	fi
	rm -rf "$venv"
	rm -f "$binary" "$binary.new" "$results/quickstart.ipynb" "$results/quickstart.html"
	folders=$(cat "$placed" 2>/dev/null) || folders=
	rm -f "$placed"
	printf '%s\n' "$results" "$data/bin" "$data" "$folders" | while IFS= read -r folder; do
		[ -z "$folder" ] || rmdir "$folder" 2>/dev/null || true
	done
	if [ -d "$data" ]; then
		say "Scorebook is gone; files that it did not make are left in $data"
	else
		say "Scorebook is gone."
	fi
}

[ -n "${HOME:-}" ] || fail "HOME is not set."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

case "${1:-}" in
"") install with-quickstart ;;
--no-quickstart) install without-quickstart ;;
--uninstall) uninstall ;;
-h | --help) usage ;;
*)
	usage >&2
	exit 2
	;;
esac
