// Package exports knows what the packages offered to cells declare: the standard library, gonum, gonum/plot,
// and this project's own library.
//
// For each package it embeds go/types export data, so that a cell can be checked on a machine without a Go
// toolchain, and the doc comments of its exported names. Both lie compressed, package by package, in archives
// written by the program in gen; nothing is decoded before it is asked for. A second archive holds this project's
// library, and the prelude, whose names need no import.
//
// The data is that of the Go release named by Release, on linux/amd64 without cgo; the exported names of the
// packages offered here are the same elsewhere. Not offered are syscall, log/syslog, runtime/cgo, runtime/race,
// runtime/coverage and plugin, which depend on the system or on how the kernel was built.
package exports

//go:generate go run ./gen
