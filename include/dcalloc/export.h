/* export.h - how a public symbol is marked. */
#ifndef DCALLOC_EXPORT_H
#define DCALLOC_EXPORT_H

#if defined(__GNUC__) && __GNUC__ >= 4
#define DCA_API       __attribute__((visibility("default")))
#define DCA_NODISCARD __attribute__((warn_unused_result))
#else
#define DCA_API
#define DCA_NODISCARD
#endif

#endif /* DCALLOC_EXPORT_H */
