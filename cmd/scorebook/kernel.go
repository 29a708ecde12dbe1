package main

import (
	"context"
	"io"
	"log"
	"os"
	"os/signal"

	"github.com/spf13/cobra"

	"scorebook/kernel/prelude"
	"scorebook/kernel/protocol"
	"scorebook/kernel/server"
	"scorebook/kernel/wire"
)

// engineMaker starts an empty session.
type engineMaker func() (server.Engine, error)

func kernelCommand(newEngine engineMaker) *cobra.Command {
	return &cobra.Command{
		Use:   "kernel FILE",
		Short: "Serve a Jupyter front end, as its connection file says",
		Long:  "Jupyter starts this command itself. It ends when the front end says so, or ends.",
		Args:  cobra.ExactArgs(1),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			return serve(cmd.Context(), args[0], newEngine, cmd.ErrOrStderr())
		}),
	}
}

// serve attends the sockets of a connection file until a front end shuts the kernel down, or the process that
// started it ends.
func serve(ctx context.Context, file string, newEngine engineMaker, stderr io.Writer) error {
	logger := log.New(stderr, "scorebook: ", log.LstdFlags)
	connection, err := wire.ReadConnection(file)
	if err != nil {
		return err
	}
	session := protocol.NewID()
	sockets, err := wire.Listen(connection, wire.Options{Session: session, Log: logger})
	if err != nil {
		return err
	}
	defer sockets.Close()
	engine, err := newEngine()
	if err != nil {
		return err
	}
	s := server.New(engine, sockets, sockets, server.Options{Version: version, Session: session, Renderer: prelude.Renderer(), Log: logger})
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go watchParent(ctx, stop, logger)
	go interruptOnSignal(ctx, s)
	go sockets.Serve(s.Handle)
	s.Run(ctx)
	return nil
}

// watchParent ends an orphan: Jupyter says by this variable that the kernel is not to outlive it.
func watchParent(ctx context.Context, stop context.CancelFunc, logger *log.Logger) {
	parent, watched := os.LookupEnv("JPY_PARENT_PID")
	if !watched {
		return
	}
	if err := server.WatchParent(ctx, parent); err != nil {
		if ctx.Err() == nil {
			logger.Print(err)
		}
		return
	}
	logger.Print("the process that started this kernel has ended, so it ends too")
	stop()
}

// interruptOnSignal makes Ctrl-C stop the running cell, never the kernel.
func interruptOnSignal(ctx context.Context, s *server.Server) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	defer signal.Stop(signals)
	for {
		select {
		case <-signals:
			s.Interrupt()
		case <-ctx.Done():
			return
		}
	}
}
