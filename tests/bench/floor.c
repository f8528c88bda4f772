/* The least that the kernel asks for: a single thread that lists a tree, or takes a watch on each of its directories.
 *
 * Usage: floor list PATH       openat from the parent's descriptor and getdents64, no stat; prints the directories
 *        floor watch PATH      the same, then inotify_add_watch on each and close; prints the watches and their seconds
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024, DEEPEST = 512 };

static char *buffers[DEEPEST], path[1 << 16], **paths;
static long directories;
static int keep;

static void kept(void) {
    if (!keep) return;
    if ((directories & (directories - 1)) == 0) paths = realloc(paths, 2 * (size_t)directories * sizeof *paths);
    paths[directories - 1] = strdup(path);
}

static void list(int in, int depth, size_t length) {
    directories++;
    kept();
    if (depth == DEEPEST) errx(1, "deeper than %d", DEEPEST);
    if (!buffers[depth]) buffers[depth] = malloc(BUFFER);
    for (ssize_t read; (read = getdents64(in, buffers[depth], BUFFER)) > 0;) {
        for (char *at = buffers[depth]; at < buffers[depth] + read;) {
            struct dirent64 *entry = (struct dirent64 *)at;
            at += entry->d_reclen;
            if (entry->d_type != DT_DIR || !strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
            int child = openat(in, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (child < 0) continue;
            size_t more = keep ? (size_t)sprintf(path + length, "/%s", entry->d_name) : 0;
            list(child, depth + 1, length + more);
            close(child);
        }
    }
}

/* What watchdog asks for. */
static const unsigned MASK = IN_MODIFY | IN_ATTRIB | IN_MOVE | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_DONT_FOLLOW |
                             IN_CLOSE | IN_OPEN;

static void watch(void) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    int instance = inotify_init1(IN_CLOEXEC);
    if (instance < 0) err(1, "inotify_init1");
    for (long at = 0; at < directories; at++)
        if (inotify_add_watch(instance, paths[at], MASK) < 0) err(1, "%s", paths[at]);
    close(instance);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    printf("%ld %.6f\n", directories, seconds);
}

int main(int count, char **arguments) {
    if (count != 3) errx(2, "usage: floor list|watch PATH");
    keep = !strcmp(arguments[1], "watch");
    int root = open(strcpy(path, arguments[2]), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root < 0) err(1, "%s", path);
    list(root, 0, strlen(path));
    if (keep)
        watch();
    else
        printf("%ld\n", directories);
}
