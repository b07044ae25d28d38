"""Knowledge: a workspace's documents, and answers from them."""
