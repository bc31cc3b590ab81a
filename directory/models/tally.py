"""Counts of searches a minute, by hashed reader (directory/throttle.py); rows live two minutes."""

from django.db import models


class Tally(models.Model):
    reader = models.CharField(max_length=40, primary_key=True)
    minute = models.BigIntegerField(db_index=True)
    hits = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.minute}: {self.hits}"
