program-name = Inotify Doctor

## Diagnosis: verdict, findings, recommendation, what an error text means


## Report

report-write-no-name = “{ $path }”末尾不是文件名。请给出文件名，例如 report.md。
report-write-folder = 无法打开文件夹 { $path }：{ $reason }。没有写入任何内容。
report-write-link = { $path } 是符号链接。写入会改动别处的文件，因此没有写入;请给出普通文件的路径。
report-write-not-a-file = { $path } 不是普通文件，没有写入;请给出一个可以被替换的文件。
report-write-file = 无法写入 { $path }：{ $reason }。原有内容没有改变。


## Command line


## Window: frame


## Window: step Project


## Window: step Diagnosis


## Window: steps Fix and Verify

