"""What all tests share: empty databases, and a guard that keeps them on this machine."""

pytest_plugins = ["tests.support.databases", "tests.support.network"]
