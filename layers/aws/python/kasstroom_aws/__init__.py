"""The core's ports on AWS."""

import gc

# A function loads some 200,000 objects that live as long as it does, and answers with few cycles:
# walking them again and again while the SDKs load costs a cold start some 20 ms.
gc.freeze()
gc.set_threshold(50_000, 20, 50)
