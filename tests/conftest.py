"""No test reads or fills the user's own cache."""

import os
import tempfile

os.environ["NIANBAO_CACHE"] = tempfile.mkdtemp(prefix="nianbao-cache-")
