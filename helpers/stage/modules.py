"""Modules for the browser: joined into one text, since a widget's module cannot import others, and packed."""

import base64
import hashlib
import re
import zlib


def joined(*paths):
    """Return modules as one text, without imports, comments and indentation."""
    text = "\n".join(closed(path.read_text("utf8")) for path in paths)
    text = re.sub(r"^\s*/\*\*.*?\*/\n", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"^\s*(//.*)?\n|^[ \t]+", "", text, flags=re.MULTILINE)


def closed(module):
    """Return a module as the names that it exports; all else stays its own. One with a default export stays open."""
    body = re.sub(r"^import .*?;\n", "", module, flags=re.MULTILINE | re.DOTALL)
    names = ", ".join(re.findall(r"^export (?:async )?(?:const|function|class) (\w+)", body, flags=re.MULTILINE))
    body = re.sub(r"^export (?!default)", "", body, flags=re.MULTILINE)
    if "export default" in body:
        return body
    return f"const {{ {names} }} = (() => {{\n{body}\nreturn {{ {names} }};\n}})();"


def packed(module):
    """Return a text as the browser unpacks it again: less than half as long."""
    return base64.b64encode(zlib.compress(module.encode(), 9)).decode()


def name_of(text):
    """Return a name that no other text has."""
    return f"course-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
