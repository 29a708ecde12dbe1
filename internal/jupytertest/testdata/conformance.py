"""Jupyter's own test of kernels, with every one of its tests switched on."""

import unittest

import jupyter_kernel_test


class ScorebookTests(jupyter_kernel_test.KernelTests):
    kernel_name = "scorebook"
    language_name = "go"
    file_extension = ".go"

    code_hello_world = 'fmt.Print("hello, world")'
    code_stderr = 'fmt.Fprint(os.Stderr, "oops")'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": 'strings.Repeat("ab", 2)', "result": "abab"},
    ]
    code_display_data = [{"code": 'Display(image.NewGray(image.Rect(0, 0, 2, 2)))', "mime": "image/png"}]
    code_generate_error = "panic(1)"
    code_clear_output = "ClearOutput(false)"
    code_page_something = "fmt.Println?"
    code_inspect_sample = "fmt.Println"
    code_history_pattern = "6 * 7*"
    supported_history_operations = ("tail", "range", "search")
    completion_samples = [
        {"text": "fmt.Printl", "matches": {"Println"}},
        {"text": "strings.Repe", "matches": {"Repeat"}},
    ]
    complete_code_samples = ["x := 1", "func f() int {\n\treturn 1\n}"]
    incomplete_code_samples = ["func f() int {", "x := []int{1,"]
    invalid_code_samples = ["x := )", "}"]


class WelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "scorebook"
    support_iopub_welcome = True


unittest.main(verbosity=2)
