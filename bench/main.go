// Bench measures Scorebook beside named peers, on one machine and in one run, and prints ratios.
//
//	go run ./bench kernel [-n 200] [-python FILE] [-scorebook FILE]
//
// A measurement ends with one line of JSON for programs, and with status 1 when Scorebook is not the faster one.
package main

import (
	"errors"
	"fmt"
	"os"
)

// errSlower says that a peer won.
var errSlower = errors.New("Scorebook is not the faster one")

func main() {
	if len(os.Args) < 2 || os.Args[1] != "kernel" {
		fmt.Fprintln(os.Stderr, "usage: go run ./bench kernel [-n 200] [-python FILE] [-scorebook FILE]")
		os.Exit(2)
	}
	if err := benchKernel(os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
