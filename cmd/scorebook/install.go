package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

func installCommand() *cobra.Command {
	var t target
	var takeBack bool
	cmd := &cobra.Command{
		Use:   "install",
		Short: "Tell Jupyter about this kernel",
		Long: "Write the kernelspec \"Go (scorebook)\", which tells JupyterLab, VS Code and nbclient to start this very\n" +
			"binary. Without a flag it is installed for you alone.",
		Args: cobra.NoArgs,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			if takeBack {
				return uninstall(cmd.OutOrStdout(), t)
			}
			return install(cmd.OutOrStdout(), t)
		}),
	}
	addTargetFlags(cmd, &t)
	cmd.Flags().BoolVar(&takeBack, "uninstall", false, "take the kernelspec away instead")
	return cmd
}

func uninstallCommand() *cobra.Command {
	var t target
	cmd := &cobra.Command{
		Use:   "uninstall",
		Short: "Take the kernelspec away again",
		Args:  cobra.NoArgs,
		RunE:  work(func(cmd *cobra.Command, _ []string) error { return uninstall(cmd.OutOrStdout(), t) }),
	}
	addTargetFlags(cmd, &t)
	return cmd
}

func addTargetFlags(cmd *cobra.Command, t *target) {
	cmd.Flags().Bool("user", true, "for this user")
	cmd.Flags().StringVar(&t.prefix, "prefix", "", "below this folder, such as a virtual environment")
	cmd.Flags().BoolVar(&t.system, "system", false, "for everybody on this machine")
	cmd.MarkFlagsMutuallyExclusive("user", "prefix", "system")
}

func install(out io.Writer, t target) error {
	dir, err := t.dir()
	if err != nil {
		return err
	}
	binary, err := thisBinary()
	if err != nil {
		return err
	}
	if err := writeSpec(dir, binary); err != nil {
		return fmt.Errorf("the kernelspec cannot be written: %w; choose a folder of yours with --prefix", err)
	}
	fmt.Fprintf(out, "Kernel %q installed in %s\nIt starts %s\n", newKernelSpec(binary).DisplayName, dir, binary)
	return nil
}

func uninstall(out io.Writer, t target) error {
	dir, err := t.dir()
	if err != nil {
		return err
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(out, "No kernel in %s\n", dir)
		return nil
	}
	// What another, living binary installed is not this one's to take away.
	if spec, err := readSpec(dir); err == nil && len(spec.Argv) > 0 && isFile(spec.Argv[0]) && !isThisBinary(spec.Argv[0]) {
		return fmt.Errorf("the kernel in %s starts %s; to remove it: %s uninstall", dir, spec.Argv[0], spec.Argv[0])
	}
	if err := removeSpec(dir); err != nil {
		return fmt.Errorf("the kernelspec cannot be removed: %w", err)
	}
	fmt.Fprintf(out, "Kernel removed from %s\n", dir)
	return nil
}

// thisBinary is the absolute path of the running program, which the kernelspec names.
func thisBinary() (string, error) {
	binary, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("cannot tell where this program lies: %w", err)
	}
	return filepath.Abs(binary)
}
