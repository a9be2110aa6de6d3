"""The add-in inside WPS: its pages and scripts, installing it for this user, finding faults."""
