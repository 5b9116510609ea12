"""Cases with the answers that are expected of them, in files that a policy officer keeps: `*.case.yaml`.

`form.py` reads such a file and `expected.py` its fields, `differences.py` holds an answer to what is expected, and
`told.py` says where they differ. The pytest plugin collects the files; nothing here knows of pytest.
"""

from .differences import Difference, differences
from .form import CaseTest, read_case_tests
from .told import failure

__all__ = ["CaseTest", "Difference", "differences", "failure", "read_case_tests"]
