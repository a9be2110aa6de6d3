"""olevba, the foreign reader of VBA; it speaks to pyparsing in a way pyparsing warns of."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from oletools import olevba


def modules(path):
    """The text of every module by name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = olevba.VBA_Parser(str(path))
        found = {name.rsplit(".", 1)[0]: code for _, _, name, code in parser.extract_all_macros()}
        parser.close()
    return found


def decompressed(data):
    """A compressed container's text."""
    return bytes(olevba.decompress_stream(bytearray(data)))
