/* Processes that hold inotify watches, for the benchmark beside this file.
 *
 *   holders FOLDER PROCESSES INSTANCES WATCHES FIRST_UID SHARED
 *
 * WATCHES in all, in INSTANCES instances of one process each, on directories that are made below FOLDER. The other
 * processes hold no instance, or, with SHARED = 1, have inherited one by fork(2). Every process has some more files
 * open. With a FIRST_UID other than 0 each ten holders are a user of their own from that number on, so that no real
 * account's limit is touched. Says "ready" and holds everything until its standard input ends. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OTHER_FILES = 12, INSTANCES_OF_ONE_USER = 10 };

static int until_end[2], told[2];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

/* Tells that this process holds what it shall, and waits for the end. */
static void hold(void) {
    char byte = 0;
    for (int file = 0; file < OTHER_FILES; file++)
        if (open("/dev/null", O_RDONLY) < 0) fail("/dev/null");
    if (write(told[1], &byte, 1) != 1) fail("pipe");
    if (read(until_end[0], &byte, 1) < 0) fail("pipe");
    _exit(0);
}

static void start(void) {
    close(until_end[1]);
    close(0);
}

static void watch(const char *folder, int instance, long watches, int descriptor) {
    char path[4096];
    for (long index = 0; index < watches; index++) {
        snprintf(path, sizeof path, "%s/%d/%ld", folder, instance, index);
        if (inotify_add_watch(descriptor, path, IN_CREATE | IN_MODIFY | IN_DELETE) < 0) fail("inotify_add_watch");
    }
}

static void holder(const char *folder, int instance, long watches, uid_t first_uid, int heirs) {
    start();
    if (first_uid && setuid(first_uid + instance / INSTANCES_OF_ONE_USER)) fail("setuid");
    int descriptor = inotify_init1(IN_NONBLOCK);
    if (descriptor < 0) fail("inotify_init1");
    watch(folder, instance, watches, descriptor);
    while (heirs--) {
        pid_t pid = fork();
        if (pid < 0) fail("fork");
        if (!pid) hold();
    }
    hold();
}

static void make_folders(const char *folder, int instance, long watches) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%d", folder, instance);
    if (mkdir(path, 0755)) fail(path);
    for (long index = 0; index < watches; index++) {
        snprintf(path, sizeof path, "%s/%d/%ld", folder, instance, index);
        if (mkdir(path, 0755)) fail(path);
    }
}

int main(int count, char **words) {
    if (count != 7) return fprintf(stderr, "usage: holders FOLDER PROCESSES INSTANCES WATCHES FIRST_UID SHARED\n"), 2;
    int processes = atoi(words[2]), instances = atoi(words[3]), shared = atoi(words[6]);
    long watches = atol(words[4]) / instances;
    uid_t first_uid = (uid_t)atol(words[5]);
    if (pipe(until_end) || pipe(told)) fail("pipe");
    for (int instance = 0; instance < instances; instance++) make_folders(words[1], instance, watches);
    for (int index = 0; index < (shared ? instances : processes); index++) {
        int heirs = shared ? (processes - index - 1) / instances : 0;
        pid_t pid = fork();
        if (pid < 0) fail("fork");
        if (!pid && index < instances) holder(words[1], index, watches, first_uid, heirs);
        if (!pid) start(), hold();
    }
    close(told[1]);
    char bytes[4096];
    for (long ready = 0, got; ready < processes; ready += got)
        if ((got = read(told[0], bytes, sizeof bytes)) <= 0) return fprintf(stderr, "a process has failed\n"), 1;
    puts("ready");
    fflush(stdout);
    while (read(0, bytes, sizeof bytes) > 0) {}
    return 0;
}
