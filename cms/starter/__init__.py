"""The pages that a new site starts with: files of words, and what makes pages of them."""
