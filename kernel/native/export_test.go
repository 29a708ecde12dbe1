package native

// Interpret runs the generated programs from first to last in an interpreter and gives a line for each run. The test
// package outside this one sets it: the interpreter imports this package.
var Interpret func(texts []string, first, last int) ([]string, error)

// RunsText is the Go text that runs program n and prints a line for each of its runs.
var RunsText = runsText

// InputsText declares what the programs are called with and how their results are shown.
const InputsText = inputsText

// RunsPerProgram is how many lines that are.
const RunsPerProgram = runsPerProgram
