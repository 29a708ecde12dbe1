// Package wire carries Jupyter messages over ZeroMQ sockets.
//
// Sockets binds the five sockets that a connection file names: shell, control, stdin, IOPub and the heartbeat.
// The handshake of each connection is done by zmq4; the frames after it are read and written here, because a
// kernel needs more say over its connections than a general socket gives: a limit on what an unsigned message may
// cost, one writer with a deadline for each connection, a bounded queue for each IOPub subscriber, and the welcome
// that a new subscriber waits for.
//
// Codec signs messages and checks their signatures. A message that is malformed or badly signed is dropped with
// one line in the log; the connection lives on.
package wire
