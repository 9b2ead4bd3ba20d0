"""The routes: web pages by page, REST, health."""
