"""From a prepared grey image to words: Tesseract first, bad places again, doubtful words by a second reader."""
