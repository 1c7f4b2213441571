"""Makes all fixtures of the parity tests anew: python make_parity_fixtures.py [TARGET]"""

import sys
from pathlib import Path

import make_chats
import make_checkpoints
import make_tokenizers

PARITY = Path(__file__).parents[1] / "language-model/src/test/resources/parity"

if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PARITY
    make_tokenizers.make_all(target)
    make_chats.make_all(target)
    make_checkpoints.make_all(target)
