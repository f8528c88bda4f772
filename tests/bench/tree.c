/* Makes a tree of DIRECTORIES directories (PATH itself is one) and FILES files that is shaped like a project: app.py in
 * its root, some code of its own, `.venv` (a fifth), `node_modules` (three fifths), the rest in data.
 * The same numbers make the same tree.
 *
 * Usage: tree PATH DIRECTORIES FILES
 */
#include <err.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char APP[] = "import streamlit as st\n\nst.title(\"Sales\")\n";
static const char OWN[] = "import os\n\n\ndef total(rows):\n    return sum(len(os.fspath(row)) for row in rows)\n";
static const char CFG[] = "home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11.2\n";

static long wanted_directories, wanted_files, directories, files;
static uint64_t seed = 1;

static long chance(long below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (long)((seed >> 33) % (uint64_t)(below < 1 ? 1 : below));
}

/* A name as people and packages choose them, of 6 to 17 letters; the number makes it the only one in its directory. */
static const char *name(long number, const char *ending) {
    static const char *const parts[] = {"core",  "util", "react", "lib",   "test", "config", "data",   "view",
                                        "model", "api",  "babel", "types", "plug", "stream", "locale", "index"};
    static char text[64];
    const char *more = chance(2) ? parts[chance(16)] : "";
    snprintf(text, sizeof text, "%s%s%s-%lx%s", parts[chance(16)], *more ? "_" : "", more, number, ending);
    return text;
}

static void file(int in, const char *called, const char *content) {
    int made = openat(in, called, O_WRONLY | O_CREAT | O_EXCL, 0644);
    size_t length = strlen(content);
    if (made < 0 || write(made, content, length) != (ssize_t)length) err(1, "%s", called);
    close(made);
    files++;
}

static int directory(int in, const char *called) {
    if (mkdirat(in, called, 0755)) err(1, "%s", called);
    int made = openat(in, called, O_RDONLY | O_DIRECTORY);
    if (made < 0) err(1, "%s", called);
    directories++;
    return made;
}

/* Most directories hold few files, some hold many; five on average where FILES is five times DIRECTORIES. */
static void some_files(int in, const char *ending, const char *content) {
    static const long counts[] = {0, 1, 2, 2, 3, 4, 5, 6, 9, 18};
    long mean = 5 * wanted_directories, count = (counts[chance(10)] * wanted_files + chance(mean)) / mean;
    for (long at = 0; at < count && files < wanted_files; at++) file(in, name(at, ending), content);
}

/* Makes `below` directories below `in` (closed afterwards); the children of `in` have at most `most` in them. */
static void fill(int in, long below, long most, const char *ending, const char *content) {
    some_files(in, ending, content);
    if (below > 0 && *ending == '.' && ending[1] == 'p') {
        int cache = directory(in, "__pycache__");
        some_files(cache, ".cpython-311.pyc", "");
        close(cache);
        below--;
    }
    for (long number = 0; below > 0; number++) {
        long inside = chance(below < most ? below : most);
        fill(directory(in, name(number, "")), inside, inside / 2 + 1, ending, content);
        below -= 1 + inside;
    }
    close(in);
}

static void venv(int root, long below) {
    int venv = directory(root, ".venv"), bin = directory(venv, "bin"), lib = directory(venv, "lib");
    int python = directory(lib, "python3.11"), packages = directory(python, "site-packages");
    int info = directory(packages, "streamlit-1.67.0.dist-info");
    int more = directory(packages, "watchdog-7.1.0.dist-info");
    file(venv, "pyvenv.cfg", CFG);
    file(info, "METADATA", "Metadata-Version: 2.1\nName: streamlit\nVersion: 1.67.0\n");
    file(more, "METADATA", "Metadata-Version: 2.1\nName: watchdog\nVersion: 7.1.0\n");
    if (symlinkat("/usr/bin/python3", bin, "python")) err(1, "python");
    files++;
    fill(packages, below - 7, 60, ".py", "");
    int rest[] = {venv, bin, lib, python, info, more};
    for (int at = 0; at < 6; at++) close(rest[at]);
}

int main(int count, char **arguments) {
    if (count != 4) errx(2, "usage: tree PATH DIRECTORIES FILES");
    wanted_directories = atol(arguments[2]), wanted_files = atol(arguments[3]);
    int root = directory(AT_FDCWD, arguments[1]);
    file(root, "app.py", APP);
    long own = wanted_directories / 20 < 300 ? wanted_directories / 20 : 300;
    if (wanted_directories >= 1000) {
        fill(directory(root, "src"), own - 1, 20, ".py", OWN);
        venv(root, wanted_directories / 5);
        fill(directory(root, "node_modules"), wanted_directories / 5 * 3 - 1, 60, ".js", "");
    }
    if (directories < wanted_directories)
        fill(directory(root, "data"), wanted_directories - directories - 1, 400, ".csv", "");
    int rest = openat(root, wanted_directories > 1 ? "data" : ".", O_RDONLY | O_DIRECTORY);
    for (long at = 0; files < wanted_files; at++) file(rest, name(at, ".json"), "");
    printf("%ld %ld\n", directories, files);
}
