"""Modules for the browser: joined into one text, since a widget's module cannot import others, and packed.

The text travels with every Stage of a notebook. Packed it is less than half as long; the browser unpacks it once for
all of them, in a millisecond or two.
"""

import base64
import hashlib
import re
import zlib

UNPACK = """\
const name = Symbol.for("%s");
const unpack = async () => {
  const bytes = Uint8Array.from(atob("%s"), (letter) => letter.charCodeAt(0));
  const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try { return await import(url); } finally { URL.revokeObjectURL(url); }
};
export default (await (globalThis[name] ??= unpack())).default;
"""


def joined(*paths):
    """Return modules as one text, without imports, comments and indentation."""
    text = "\n".join(path.read_text("utf8") for path in paths)
    text = re.sub(r"^import .*?;\n", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^export (?!default)", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*/\*\*.*?\*/\n", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^\s*(//.*)?\n|^[ \t]+", "", text, flags=re.MULTILINE)


def packed(module):
    """Return a module that unpacks another one and has its default export."""
    text = module.encode()
    return UNPACK % (
        f"course {hashlib.sha256(text).hexdigest()[:16]}",
        base64.b64encode(zlib.compress(text, 9)).decode(),
    )
