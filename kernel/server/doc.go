// Package server answers Jupyter requests with the help of an Engine that runs cells.
//
// It knows nothing of sockets: requests come in through Handle, answers leave through a Sender and an IOPub, which
// package wire fills for a front end and package notebook in process. Handlers translate: each decodes a request,
// makes one call, and encodes the reply. Requests on shell are answered one after another; those on control beside
// them, so that an interrupt or a shutdown reaches a kernel that is busy.
//
// Every request is wrapped in the states busy and idle, and everything a cell shows is sent before its idle. What a
// cell's goroutines print later still belongs to that cell.
package server
