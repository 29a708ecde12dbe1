package symbols

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
)

// What a program does to its own process would here be done to the kernel and every variable in it. The
// functions below stand in for those of the standard library that end the process, and panic instead: a panic
// in a cell is an error message.

func osExit(code int) {
	panic(fmt.Sprintf("os.Exit(%d) would end the kernel: return, or panic, instead", code))
}

var errOwnProcess = errors.New("the kernel's own process cannot be handled from a cell")

func osFindProcess(pid int) (*os.Process, error) {
	if pid == os.Getpid() {
		return nil, errOwnProcess
	}
	return os.FindProcess(pid)
}

func logFatal(v ...any)                 { log.Panic(v...) }
func logFatalf(format string, v ...any) { log.Panicf(format, v...) }
func logFatalln(v ...any)               { log.Panicln(v...) }

func runtimeGoexit() {
	panic("runtime.Goexit would end the goroutine that runs the cell: return instead")
}

func runtimeBreakpoint() {
	panic("runtime.Breakpoint would stop the kernel: it runs under no debugger")
}

// flagNewFlagSet turns the error handling that exits into the one that panics.
func flagNewFlagSet(name string, handling flag.ErrorHandling) *flag.FlagSet {
	if handling == flag.ExitOnError {
		handling = flag.PanicOnError
	}
	return flag.NewFlagSet(name, handling)
}
