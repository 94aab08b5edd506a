"""What browsers may ask for: one router per subject."""
