/* replay.c - plays files through a fuzz target, without libFuzzer: replay FILE|DIRECTORY... A directory
 * stands for the files in it; an empty one is a failure. */
#include "fuzz.h"

#include <dirent.h>

static bool play(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return false;
    }
    fseek(file, 0, SEEK_END);
    const size_t size = (size_t)ftell(file);
    rewind(file);
    uint8_t *data = malloc(size > 0 ? size : 1); /* no byte more: what reads beyond is seen */
    const bool whole = data != NULL && fread(data, 1, size, file) == size;
    fclose(file);
    fprintf(stderr, "%s\n", path);
    (void)(whole && LLVMFuzzerTestOneInput(data, size));
    free(data);
    return whole;
}

/* How many files of the directory were played; -1: one could not be, or there is no directory. */
static int play_all(const char *folder)
{
    int count = 0;
    DIR *list = opendir(folder);
    if (list == NULL) {
        return -1;
    }
    for (struct dirent *entry = readdir(list); entry != NULL && count >= 0; entry = readdir(list)) {
        char path[4096];
        if (entry->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            count = play(path) ? count + 1 : -1;
        }
    }
    closedir(list);
    return count;
}

int main(int count, char **arguments)
{
    for (int k = 1; k < count; k++) {
        const int played = play_all(arguments[k]);
        if (played == 0 || (played < 0 && !play(arguments[k]))) {
            fprintf(stderr, "%s: nothing was played\n", arguments[k]);
            return 1;
        }
    }
    return 0;
}
