"""One module per group of commands; imported only when the command runs."""
