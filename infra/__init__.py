"""What is deployed. Imports nothing from functions/ or layers/: it only packs them."""

import os

# CDK's engine greets Node 20 with a banner that buries every message of ours. It still works
# there, so this one release is silenced; it has to be said before the engine starts.
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20")
