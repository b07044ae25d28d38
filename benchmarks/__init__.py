"""What Kabar claims about speed and cost, as programs. `make bench` runs them all."""
