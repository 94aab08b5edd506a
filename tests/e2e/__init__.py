"""What a person sees in a browser; the browser ends with this package, for its loop would stay open in the process."""
