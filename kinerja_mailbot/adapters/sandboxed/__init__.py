"""What runs in the sandbox's child process. It imports little, so that it starts soon and stays small."""
