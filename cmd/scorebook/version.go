package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

const version = "0.1.0"

func versionLine() string {
	return fmt.Sprintf("scorebook %s (%s, %s/%s)", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		Run:   func(cmd *cobra.Command, _ []string) { fmt.Fprintln(cmd.OutOrStdout(), versionLine()) },
	}
}
