// Package protocol holds the messages of the Jupyter messaging protocol, version 5.5, as Go structs.
//
// A Message is what travels: a header, the header of the request that caused it, metadata, content and buffers,
// each kept as the bytes that were received, so that nothing is changed on its way through. The content of every
// message type has a struct of its own, which marshals to what front ends demand: a list is never null, and
// neither is a map. The package does no I/O; sockets and signatures are the business of package wire.
package protocol
