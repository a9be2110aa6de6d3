"""A Linux desktop: its icons and menus for this user, messages in windows; what the offline installation sets up."""
