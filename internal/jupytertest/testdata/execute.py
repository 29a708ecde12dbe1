"""Execute a notebook with nbclient: execute.py KERNEL NOTEBOOK OUT"""

import sys

import nbformat
from nbclient import NotebookClient

kernel, source, destination = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
NotebookClient(notebook, kernel_name=kernel, timeout=600, resources={"metadata": {"path": "."}}).execute()
nbformat.validate(notebook)
nbformat.write(notebook, destination)
