"""Makes a site of the documents: Sphinx, from the checkout's own folder, so that links are those of the files."""

from pygments.lexers.special import TextLexer
from sphinx.highlighting import lexers

project = "Jek-Duk"
language = "en"
extensions = ["myst_parser"]
include_patterns = ["docs/*.md", "*.md", "locales/*.md"]
exclude_patterns = [".*", "build", "dist"]
root_doc = "docs/index"
nitpicky = True
myst_heading_anchors = 3
lexers["mermaid"] = TextLexer()  # a forge draws it; here it is read
html_theme = "furo"
html_title = "Jek-Duk bot"
html_extra_path = ["index.html"]
html_copy_source = False
html_show_copyright = False
