"""Complete tables for those who go on working with them."""
