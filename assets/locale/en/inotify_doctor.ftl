program-name = Inotify Doctor

## Diagnosis: verdict, findings, recommendation, what an error text means


## Report

report-write-no-name = "{ $path }" does not end in a file name. Name a file, such as report.md.
report-write-folder = The folder { $path } cannot be opened: { $reason }. Nothing was written.
report-write-link = { $path } is a symbolic link. Nothing was written, because that would change something else than it seems to; name a plain file.
report-write-not-a-file = { $path } is not a plain file. Nothing was written; name a file that may be replaced.
report-write-file = { $path } could not be written: { $reason }. Whatever was there before is unchanged.


## Command line


## Window: frame


## Window: step Project


## Window: step Diagnosis


## Window: steps Fix and Verify

