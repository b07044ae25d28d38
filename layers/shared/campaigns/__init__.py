"""What campaigns are to those who send them and to those who tell what became of them."""
