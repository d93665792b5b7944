"""The report's registers as a workbook that is read back."""
