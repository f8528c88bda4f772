program-name = Inotify Doctor

## Diagnosis: verdict, findings, recommendation, what an error text means

verdict-limit-unknown = 此处内核没有给出 inotify 上限，因此无法判断。
verdict-account = 您的账户最多可持有 { $limit } 个监视，已使用 { $held } 个。
verdict-nothing-needed-poll = 您的项目不需要监视：Streamlit 改用轮询检查文件。
verdict-nothing-needed-none = 您的项目不需要监视：Streamlit 不监视文件。
verdict-gap = 您的应用应监视 { $need } 个文件夹，漏掉了 { $unwatched } 个。您的账户最多可持有 { $limit } 个监视，已使用 { $held } 个。
verdict-does-not-fit = 您的项目需要 { $need } 个监视。您的账户最多可持有 { $limit } 个，已使用 { $held } 个。
verdict-instances-do-not-fit = 您的项目需要 { $need } 个 inotify 实例。您的账户最多可持有 { $limit } 个，已使用 { $held } 个。
verdict-running = 您的应用已持有所需的全部 { $need } 个监视。您的账户最多可持有 { $limit } 个，已使用 { $held } 个。
verdict-fits = 您的项目需要 { $need } 个监视，数量足够：您的账户最多可持有 { $limit } 个，已使用 { $held } 个。

severity-critical = 严重
severity-warning = 警告
severity-info = 提示
severity-ok = 正常

finding-watches-exhausted = 您账户的监视已全部用完
finding-watches-exhausted-detail = 已持有 { $held } 个，上限为 { $limit } 个。下一个申请监视的程序会得到错误 28（“No space left on device”），但磁盘并没有满。请提高上限，或结束占用较多的程序。
finding-instances-exhausted = 您账户的 inotify 实例已全部用完
finding-instances-exhausted-detail = 已持有 { $held } 个，上限为 { $limit } 个。下一个申请实例的程序会得到错误 24（“Too many open files”）。提高监视上限没有用，需要提高的是实例上限。
finding-watches-nearly = 您账户的监视快要用完
finding-watches-nearly-detail = 已持有 { $held } 个，上限为 { $limit } 个。下一个较大的项目将放不下。
finding-instances-nearly = 您账户的 inotify 实例快要用完
finding-instances-nearly-detail = 已持有 { $held } 个，上限为 { $limit } 个。每个监视文件的程序至少需要一个实例。
finding-watches-needed = 上限对这个项目来说太低
finding-watches-needed-detail = 还需要 { $to_add } 个监视，而 { $limit } 个中只剩 { $free } 个：缺少 { $missing } 个。上限高本身不占资源；只有使用中的监视才各占约 1.3 KiB 内核内存。
finding-instances-needed = inotify 实例不够这个项目使用
finding-instances-needed-detail = 还需要 { $to_add } 个实例，而 { $limit } 个中只剩 { $free } 个：缺少 { $missing } 个。watchdog 6 及更早版本会为 Streamlit 登记的每个文件夹打开一个实例。
finding-gap = 运行中的应用有 { $unwatched } 个文件夹未被监视
finding-gap-detail = 进程 { $pid } 应监视 { $expected } 个文件夹。以下文件夹中的更改不会重新加载应用：{ $examples }。
finding-gap-silent = 有 { $unwatched } 个文件夹被悄悄漏掉，未被监视
finding-gap-silent-detail = 进程 { $pid } 应监视 { $expected } 个文件夹。以下文件夹中的更改不会重新加载应用：{ $examples }。达到上限时 watchdog 7 不会报错。
finding-settings-broken = Streamlit 忽略了整个设置文件 { $file }
finding-settings-broken-detail = 第 { $line } 行第 { $column } 列不是有效的 TOML：{ $reason }。该行内容为：{ $text }
finding-settings-broken-suggestion = 第 { $line } 行不是有效的 TOML，因为单词没有加引号。现为 { $text }，应为 { $suggestion }
finding-settings-unreadable = 无法读取设置文件 { $file }
finding-settings-unreadable-detail = 系统提示：{ $reason }。本诊断不包含该文件中的设置。
finding-unknown-word = { $key } = "{ $value }" 不是 Streamlit 认识的值
finding-unknown-word-detail = 来自{ $source }。这时 Streamlit 完全不监视文件，也不作任何提示。它认识 "auto"、"watchdog"、"poll" 和 "none"。
finding-unknown-keys = Streamlit 不认识 { $file } 中的 { $count } 个键
finding-unknown-keys-detail = 它们不起作用：{ $keys }。
finding-contradicted = { $key } 设置了两次，以{ $source }为准
finding-contradicted-detail = 生效的值：{ $value }。{ $beaten }中的值（{ $beaten_value }）不起作用。
finding-run-on-save = runOnSave = false 不影响监视数量
finding-run-on-save-detail = 来自{ $source }。它只决定更改后是否重新运行应用；仍会占用同样的 { $watches } 个监视。而且它本来就是默认值。
finding-blacklist = folderWatchBlacklist 不影响监视数量
finding-blacklist-detail = 来自{ $source }。它过滤的是 Python 模块而不是目录；其中列出的文件夹仍作为脚本文件夹的一部分被监视。设置后应用仍占用 { $watches } 个监视。
finding-lost-at-boot = 下次启动时 { $key } 将从 { $now } 降到 { $at_boot }
finding-lost-at-boot-detail = 届时由 { $file } 设置。请把该值写入更晚读取的文件。
finding-lost-at-boot-default = 下次启动时 { $key } 将恢复原值
finding-lost-at-boot-default-detail = 现在为 { $now }，但启动时读取的文件都没有设置它。本机内核的默认值约为 { $at_boot }。
finding-line-not-read = { $file } 中有一行在启动时不起作用
finding-line-not-read-detail = 第 { $line } 行把 { $key } 设为 { $value }，但启动时不会读取该文件，或有另一个文件取代了它。
finding-line-refused = 内核拒绝 { $file } 中的一行
finding-line-refused-detail = 第 { $line } 行把 { $key } 设为 "{ $value }"。内核只接受 0 到 2147483647 的整数。
finding-held-by-other = { $program } 占用了您账户上限的 { $percent }%
finding-held-by-other-detail = 进程 { $pid } 持有 { $watches } 个监视。结束它，或让它监视较少的文件夹，即可释放这些监视。
finding-container = 上限属于宿主机（{ $name }）
finding-container-detail = 容器与所在机器共用上限，必须在宿主机上提高；在镜像里写 sysctl 行不起作用。
finding-wsl = 此 WSL 启动时不读取 sysctl 文件
finding-wsl-detail = systemd 未启用。请在 /etc/wsl.conf 的 [boot] 下设置 systemd=true，或在每次启动后重新设置。
finding-read-only-sysctl = 无法在此处更改内核设置
finding-read-only-sysctl-detail = /proc/sys 以只读方式挂载。在这里即使是 root 也无法提高上限。
finding-namespace = 此用户命名空间有自己的较低上限
finding-namespace-detail = 这里允许 { $watches } 个监视，而内核上限为 { $kernel } 个。两者都会检查，以较低者为准。
finding-cannot-see = 有 { $count } 个进程无法读取
finding-cannot-see-own = 其中 { $own } 个属于您的账户：它们占用的数量计入您的上限，但未包含在此处。
finding-cannot-see-others = 它们属于其他用户，占用的数量不计入您的上限。
finding-sharing-unknown = 有些实例可能被重复计数
finding-sharing-unknown-detail = 内核不允许本程序比较不同进程的描述符，因此不一定能识别共享的实例。
finding-estimate = 所需监视数量为估计值
finding-estimate-detail = 对 Streamlit 1.47 及更高版本是精确的。此处安装的版本：{ $version }。
finding-estimate-unknown-detail = 在此项目的 Python 中没有找到 Streamlit，因此采用已知最新版本的规则。
finding-watchdog-missing = 未安装 watchdog，因此 Streamlit 采用轮询
finding-watchdog-missing-detail = 轮询不占用监视，但会消耗一些 CPU。安装 watchdog 后，应用就需要监视。
finding-no-script = 在此项目中没有找到入口脚本
finding-no-script-detail = 所需数量按监视整个文件夹的程序计算。选择交给 “streamlit run” 的脚本即可得到准确数字。
finding-unreadable-folders = 项目中有 { $count } 个文件夹无法读取
finding-unreadable-folders-detail = 它们不占用监视，其中的内容也未计入：{ $examples }。
finding-unresponsive = 有一个已挂载的文件系统没有响应
finding-unresponsive-detail = 计数时已跳过：{ $mounts }。监视它的程序可能会卡住。
finding-error-in-log = 此项目的日志中有 inotify 错误
finding-error-in-log-detail = { $file }：{ $line }
finding-all-good = 没有发现问题
finding-all-good-detail = 上限足够当前运行的程序和此项目使用。
finding-all-good-no-project-detail = 上限足够当前运行的程序使用。选择一个项目即可查看它的需求。

list-more = 以及另外 { $count } 个
list-separator = 、

source-flag = 命令行
source-environment = 环境变量 { $name }
source-file = 文件 { $path }
source-default = Streamlit 的默认值

recommend-none = 无需更改。
recommend-raise = 把监视上限提高到 { $watches }。这样当前运行的程序和此项目都够用，并留有余量。
recommend-raise-instances = 把 inotify 实例上限提高到 { $instances }。
recommend-raise-both = 把监视上限提高到 { $watches }，把 inotify 实例上限提高到 { $instances }。
recommend-on-host = 请在宿主机上提高：在此处无法更改。
recommend-keep = 把上限写入启动时读取的文件，使其保持有效。
recommend-restart = 重新启动应用。上限已经足够，但运行中的应用尚未监视漏掉的文件夹。
recommend-repair = 修复被 Streamlit 忽略的设置文件。

kind-file-indexer = 文件索引
kind-file-sync = 文件同步
kind-file-manager = 文件管理器
kind-desktop = 桌面
kind-other = 其他


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

