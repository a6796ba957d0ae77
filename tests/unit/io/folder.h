/* folder.h - a folder of a test's own, for files. */
#ifndef DCA_TESTS_FOLDER_H
#define DCA_TESTS_FOLDER_H

#include "check.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

/* Made and removed by the group's setup and teardown. */
static char folder[] = "/tmp/dcalloc_io_XXXXXX";

static inline int make_folder(void **unused)
{
    (void)unused;
    return mkdtemp(folder) == NULL;
}

static inline int remove_folder(void **unused)
{
    (void)unused;
    DIR *listing = opendir(folder);
    for (struct dirent *entry; listing != NULL && (entry = readdir(listing)) != NULL;) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unlink(path);
    }
    closedir(listing);
    return rmdir(folder);
}

static inline int files_in_folder(void)
{
    int count = 0;
    DIR *listing = opendir(folder);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(listing);
    return count;
}

static inline const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

#endif
