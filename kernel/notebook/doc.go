// Package notebook reads notebooks (nbformat 4), runs them in process, and writes them back with their outputs.
//
// A run goes through the same server that answers a front end: every code cell becomes an execute request, and the
// messages that come back become outputs, as JupyterLab would store them. What the package does not know of a
// notebook, such as metadata of other programs, it keeps.
package notebook
