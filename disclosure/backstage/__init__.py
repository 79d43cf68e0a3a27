"""What every page of the staff area (后台) is built from; the pages are in the rooms' `admin`."""
