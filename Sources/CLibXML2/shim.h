// The door to libxml2, and to iconv, which it is built on. Debian's headers pull in ICU, which
// Foundation also carries; none of what we use needs it, so it is switched off before the headers
// are read. dict.h needs what parser.h declares.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <iconv.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/dict.h>
#include <libxml/encoding.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>
