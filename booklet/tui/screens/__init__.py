"""The pages of the interface, one file each. They ask and show; what a booklet may be is decided elsewhere."""
