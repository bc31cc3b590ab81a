"""What the administration adds for those who write pages."""
