/* Runs a command with its output thrown away and prints its wall time and its CPU time in seconds, its largest
 * resident memory in KiB (VmHWM) and its exit status. It is small itself: a process inherits the largest size of the
 * one it was forked from.
 *
 * Usage: timed COMMAND...
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double cpu(struct timeval user, struct timeval system) {
    return (double)(user.tv_sec + system.tv_sec) + (double)(user.tv_usec + system.tv_usec) / 1e6;
}

int main(int count, char **arguments) {
    struct timespec start, end;
    struct rusage used;
    int status;
    if (count < 2) errx(2, "usage: timed COMMAND...");
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t child = fork();
    if (child < 0) err(2, "fork");
    if (child == 0) {
        dup2(open("/dev/null", O_WRONLY), 1);
        execvp(arguments[1], arguments + 1);
        err(127, "%s", arguments[1]);
    }
    if (wait4(child, &status, 0, &used) != child) err(2, "wait4");
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    int ended = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    printf("%.6f %.6f %ld %d\n", seconds, cpu(used.ru_utime, used.ru_stime), used.ru_maxrss, ended);
}
