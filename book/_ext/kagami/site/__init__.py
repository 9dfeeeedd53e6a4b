"""What all pages share: theme, addresses, the card for links, the state of the build, a server for tests."""
