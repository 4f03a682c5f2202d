// The door to libarchive: zip entries as streams.
#include <archive.h>
#include <archive_entry.h>
