"""No test reads or fills the user's own cache."""

import atexit
import os
import shutil
import tempfile

os.environ["NIANBAO_CACHE"] = tempfile.mkdtemp(prefix="nianbao-cache-")
atexit.register(shutil.rmtree, os.environ["NIANBAO_CACHE"], ignore_errors=True)
