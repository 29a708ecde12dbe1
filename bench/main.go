// Bench measures Scorebook beside named peers, on one machine and in one run, and prints ratios.
//
//	go run ./bench kernel [-n 200] [-python FILE] [-scorebook FILE]
//	go run ./bench ks [-rounds 7] [-python FILE]
//	go run ./bench markov [-rounds 5] [-labels 10000000] [-cells 10000] [-python FILE] [-picture FILE]
//	go run ./bench score [-rounds 5] [-python FILE] [training|clustering|wells|fit ...]
//
// A measurement ends with one line of JSON for programs, and with status 1 when Scorebook is not as fast as it means to be.
package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// errSlower says that a peer won.
var errSlower = errors.New("Scorebook is not the faster one")

// benches are the measurements by name.
var benches = map[string]func(args []string) error{
	"kernel": benchKernel,
	"ks":     benchRing,
	"markov": benchMarkov,
	"native": benchNative,
	"null":   benchNull,
	"score":  benchScore,
}

func main() {
	run, ok := benches[strings.Join(os.Args[1:min(2, len(os.Args))], "")]
	if !ok {
		names := slices.Sorted(maps.Keys(benches))
		fmt.Fprintf(os.Stderr, "usage: go run ./bench %s [-h] [flags]\n", strings.Join(names, "|"))
		os.Exit(2)
	}
	if err := run(os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
