"""What is deployed. Imports nothing from functions/ or layers/: it only packs them."""
