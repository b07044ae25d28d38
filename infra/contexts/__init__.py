"""What each context runs on, one module per context; the stacks compose them."""
