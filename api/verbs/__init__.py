"""What each verb of the command line does. Every verb gives its exit code."""
