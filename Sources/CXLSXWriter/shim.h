// The door to libxlsxwriter: worksheets for testers.
#include <xlsxwriter.h>
