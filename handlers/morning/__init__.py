"""The morning: what somebody is reminded of, when they fetch it, and when they want to hear of it again."""
