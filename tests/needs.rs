//! Needs: entered, changed, and put on a time.
