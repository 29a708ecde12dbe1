// Package jupytertest holds the tests that drive the finished binary from outside, as users do: through
// jupyter_client and nbclient, through JupyterLab in a real browser, and through install.sh.
//
// The tests need programs that are not Go. Their paths come from the environment, which test.sh fills:
//
//	SCOREBOOK_JUPYTER   a Python with testdata/requirements.txt installed
//	SCOREBOOK_BROWSER   a Chromium
//	SCOREBOOK_NODE      a folder whose node_modules holds playwright-core
//	SCOREBOOK_ARTIFACTS where screenshots are kept; without it they go with the test's temporary folder
//
// Where one is not set the tests that need it are skipped and say so, but never when CI is set: then they fail.
package jupytertest
