"""Steps of taking an inventory: the file, its columns, the differences."""
