#!/usr/bin/env bash
# Sets up what the tests need and runs them all.
#
#   ./test.sh            everything that this machine and its network allow; says at the end what was left out
#   CI=1 ./test.sh       the same, and it fails when anything was left out
#   ./test.sh go lab     only the named parts, in order; the parts are listed in `parts` below
#
# What it fetches lies in .cache, which git ignores: a virtual environment with JupyterLab, and playwright-core. As
# root on Debian it installs what is missing of Chromium, Node and Python's venv; otherwise it uses what is there.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

parts=(vet cross stale go fuzz notebooks jupyter readme latency) # and notebooks-all, for the slow ones too
slow=(kgmm/kuramoto_sivashinsky kgmm/performance langevin/kuramoto_sivashinsky)
cache=$PWD/.cache
needs=internal/jupytertest/testdata
failed=()
left_out=()

say() { printf '%s\n' "$*"; }

# part NAME COMMAND... runs one part of the tests, with the time it took.
part() {
	local name=$1 began=$SECONDS
	shift
	printf '\n==> %s\n' "$name"
	if "$@"; then
		say "    $name: ok, $((SECONDS - began)) s"
	else
		failed+=("$name")
		say "    $name: FAILED, $((SECONDS - began)) s"
	fi
}

leave_out() { left_out+=("$1: $2"); }

# retry runs a command up to three times, for what comes over a network.
retry() {
	local try
	for try in 1 2 3; do
		"$@" && return
		sleep $((try * 2))
	done
	return 1
}

# debian installs packages where this is Debian and the user may.
debian() {
	[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
	retry apt-get update -q >"$cache/apt.log" 2>&1
	retry env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >>"$cache/apt.log" 2>&1 ||
		{ tail -n 5 "$cache/apt.log"; return 1; }
}

# set_up_jupyter makes the virtual environment of the Jupyter tests, anew when its requirements have changed.
set_up_jupyter() {
	local venv=$cache/jupyter python
	if ! cmp -s "$needs/requirements.txt" "$venv/requirements.txt" || ! "$venv/bin/python" -m jupyterlab --version >/dev/null 2>&1; then
		rm -rf "$venv"
		python3 -c 'import venv, ensurepip' 2>/dev/null || debian python3 python3-venv
		python=$(command -v python3) || { leave_out Jupyter "there is no Python"; return; }
		"$python" -m venv "$venv" >"$cache/venv.log" 2>&1 || { leave_out Jupyter "$python cannot make a virtual environment"; return; }
		retry "$venv/bin/python" -m pip install -q --retries 2 -r "$needs/requirements.txt" || {
			leave_out Jupyter "the Python packages of $needs/requirements.txt cannot be had"
			return
		}
		cp "$needs/requirements.txt" "$venv/requirements.txt"
	fi
	export SCOREBOOK_JUPYTER=$venv/bin/python
}

# set_up_browser finds a Chromium and fetches what drives it.
set_up_browser() {
	local node=$cache/node browser name try
	command -v npm >/dev/null || debian nodejs npm
	command -v npm >/dev/null || { leave_out browser "there is no Node with npm"; return; }
	if ! cmp -s "$needs/package.json" "$node/package.json" || [ ! -d "$node/node_modules/playwright-core" ]; then
		rm -rf "$node" && mkdir -p "$node"
		cp "$needs/package.json" "$node/" # npm looks there for what to fetch
		retry npm install --prefix "$node" --silent --no-audit --no-fund >/dev/null || {
			rm -rf "$node"
			leave_out browser "playwright-core cannot be had from npm"
			return
		}
	fi
	for try in found installed; do
		for name in chromium chromium-browser google-chrome; do
			browser=$(command -v "$name") && break 2
		done
		[ "$try" = installed ] || debian chromium fonts-dejavu-core
	done
	[ -n "$browser" ] || { leave_out browser "there is no Chromium"; return; }
	export SCOREBOOK_BROWSER=$browser SCOREBOOK_NODE=$node SCOREBOOK_ARTIFACTS=$cache/artifacts
}

set_up() {
	mkdir -p "$cache"
	command -v go >/dev/null || { say "Go is not installed; see ./install.sh"; exit 1; }
	set_up_jupyter
	set_up_browser
	[ -n "${SCOREBOOK_JUPYTER:-}" ] && say "Python with JupyterLab: $SCOREBOOK_JUPYTER"
	[ -n "${SCOREBOOK_BROWSER:-}" ] && say "Browser: $SCOREBOOK_BROWSER"
}

go_files() { find . -name '*.go' -not -path './.*' -print0; }

test_vet() {
	local badly
	go vet ./... || return
	badly=$(go_files | xargs -0 gofmt -l)
	[ -z "$badly" ] || { say "gofmt would change:" "$badly"; return 1; }
}

# test_cross builds for the machines that the tests do not run on.
test_cross() {
	local target status=0
	for target in linux/arm64 darwin/arm64 windows/amd64; do
		CGO_ENABLED=0 GOOS=${target%/*} GOARCH=${target#*/} go build ./... || { say "does not build for $target"; status=1; }
	done
	return $status
}

# test_stale asks every generator whether what is committed is what it would write.
test_stale() {
	local status=0 fresh kernels name
	go run ./kernel/cell/exports/gen -check || status=1
	go run ./kernel/prelude/symbols/gen -check || status=1
	fresh=$(mktemp -d)
	for kernels in simd spectral; do
		mkdir "$fresh/$kernels"
		(cd "internal/$kernels" && go run ./gen -out "$fresh/$kernels/kernels_amd64.s" -stubs "$fresh/$kernels/stubs_amd64.go" -pkg "$kernels") || status=1
		for name in kernels_amd64.s stubs_amd64.go; do
			# The first line quotes the command that wrote the file, with its folders.
			diff -q <(tail -n +2 "internal/$kernels/$name") <(tail -n +2 "$fresh/$kernels/$name") ||
				{ say "internal/$kernels/$name is stale: go generate ./internal/$kernels"; status=1; }
		done
	done
	rm -rf "$fresh"
	return $status
}

test_go() {
	go list ./... | grep -v /jupytertest$ | xargs go test -timeout 20m || return
	say "Cells with known results, hostile ones among them:"
	go test -count=1 -v -run '^Test(Cells|HostileCells)$' ./kernel/interp | grep -o '[0-9]* \(of [0-9]* cases passed\|hostile cells survived\)'
}

# fuzz DIR NAME TIME tries inputs on a target, and again when the time ended while Go made a finding small: that it takes for a
# failure, without an input that fails.
fuzz() {
	local try output=$cache/fuzz.log
	for try in 1 2 3; do
		go test -run '^$' -fuzz "^$2\$" -fuzztime "$3" -fuzzminimizetime 1s "$1" 2>&1 | tee "$output" && return
		grep -q 'context deadline exceeded' "$output" && ! grep -q 'Failing input' "$output" || return 1
	done
	return 1
}

# test_fuzz gives a minute to each target that takes what anyone may send or type, and ten seconds to the others; what it
# finds of interest stays in Go's cache for the next run. Making a finding small may take a second: by default it takes a minute.
test_fuzz() {
	local status=0 dir name time
	while IFS=: read -r dir name; do
		case $name in FuzzPacket | FuzzSplit | FuzzLower) time=60s ;; *) time=10s ;; esac
		fuzz "$dir" "$name" "${FUZZTIME:-$time}" || { say "$dir: $name failed"; status=1; }
	done < <(grep -rHo --include='*_test.go' '^func Fuzz[A-Za-z]*' . | sed 's#/[^/]*_test.go:func #:#')
	return $status
}

# compare_notebooks CORES NOTEBOOK... executes notebooks and compares the values of their checks with the stored ones.
compare_notebooks() {
	local cores=$1 log status
	log=$(mktemp)
	shift
	GOMAXPROCS=$cores "$cache/scorebook" run --compare "$@" >"$log" 2>&1
	status=$?
	if [ $status = 0 ]; then awk '/^$/ { table = 1 } table' "$log"; else cat "$log"; fi
	rm -f "$log"
	return $status
}

# test_notebooks executes the quick notebooks, once on two cores, and once on one: two processes then run side by side.
test_notebooks() {
	local name status=0 other quick=() turn=0 half=([0]='' [1]='')
	go build -o "$cache/scorebook" ./cmd/scorebook || return
	while IFS= read -r name; do
		[[ " ${slow[*]} " == *" $name "* ]] && continue
		quick+=("notebooks/$name.ipynb")
		half[turn]+="notebooks/$name.ipynb "
		turn=$((1 - turn))
	done < <(cd notebooks && printf '%s\n' */*.ipynb | sed 's/\.ipynb$//')
	say "On two cores:"
	compare_notebooks 2 "${quick[@]}" || status=1
	say "On one core:"
	# Names of notebooks hold no blanks.
	compare_notebooks 1 ${half[0]} &
	other=$!
	compare_notebooks 1 ${half[1]} || status=1
	wait "$other" || status=1
	return $status
}

# test_notebooks-all executes every notebook.
test_notebooks-all() {
	go build -o "$cache/scorebook" ./cmd/scorebook && compare_notebooks "$(nproc)" notebooks
}

# test_jupyter runs alone: it drives front ends that wait for answers.
test_jupyter() { go test -count=1 -timeout 40m ./internal/jupytertest; }

# test_readme runs the commands of README.md, as a newcomer would: in a fresh copy, with an empty home.
test_readme() {
	local fresh status
	fresh=$(mktemp -d)
	mkdir "$fresh/home" "$fresh/checkout"
	awk '/^```sh$/ { on = 1; next } /^```/ { on = 0 } on' README.md >"$fresh/commands"
	[ -s "$fresh/commands" ] || { say "README.md has no commands in sh fences"; return 1; }
	git ls-files -z | tar --null -T - -cf - | tar -xf - -C "$fresh/checkout"
	(
		GOPATH=$(go env GOPATH) GOCACHE=$(go env GOCACHE) PIP_CACHE_DIR=$cache/pip
		export GOPATH GOCACHE PIP_CACHE_DIR
		export HOME=$fresh/home PATH=$fresh/home/.local/bin:$PATH
		unset XDG_DATA_HOME JUPYTER_DATA_DIR JUPYTER_PATH
		cd "$fresh/checkout" && bash -eux "$fresh/commands"
	)
	status=$?
	rm -rf "$fresh"
	return $status
}

# test_latency fails when a cell takes longer here than in ipykernel.
test_latency() {
	[ -n "${SCOREBOOK_JUPYTER:-}" ] || { leave_out latency "it needs Jupyter"; return; }
	go run ./bench kernel -patience 0s # evcxr takes minutes to build
}

set_up
[ $# -gt 0 ] || set -- "${parts[@]}"
for name; do
	declare -F "test_$name" >/dev/null || { say "There is no part $name; the parts are: ${parts[*]}" >&2; exit 2; }
	part "$name" "test_$name"
done

verdict="$(($# - ${#failed[@]})) passed, ${#failed[@]} failed"
printf '\n'
if [ ${#left_out[@]} -gt 0 ]; then
	say "Left out:"
	printf '  %s\n' "${left_out[@]}"
	[ -z "${CI:-}" ] || failed+=("nothing may be left out in CI")
fi
say "$verdict"
[ ${#failed[@]} -eq 0 ] || { printf '  %s\n' "${failed[@]}"; exit 1; }
