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
finding-settings-outside = 有了设置文件 { $file }，Streamlit 无法启动
finding-settings-outside-detail = 第 { $line } 行：“{ $key }” 不在任何节中，应为 { $suggestion }
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
finding-cannot-see-own = { $own } 个属于您的账户：占用的数量计入您的上限，但未包含在此处。
finding-cannot-see-others = { $others } 个属于其他用户：占用的数量不计入您的上限。
finding-hidden = 此处可能看不到某些进程
finding-hidden-detail = 此处的 /proc 只显示本机的部分进程。其他进程占用的数量可能计入同一上限。
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


## Remedy: plans, promises, what came of them

remedy-raise-limits = 提高上限
remedy-streamlit-config = 更改项目的 Streamlit 设置
remedy-launch-script = 在启动脚本中设置
remedy-session-variable = 为桌面会话设置
remedy-clear-caches = 减少目录数量
remedy-restart = 重新启动应用

promise-administrator = 需要管理员
promise-no-administrator = 无需管理员
promise-survives = 重启后仍有效
promise-until-reboot = 到重启为止
promise-reload-kept = 保留热重载
promise-reload-polling = 通过轮询热重载
promise-reload-lost = 没有热重载
promise-restart = 重新启动应用
promise-no-restart = 无需重新启动
promise-watches-after = 之后应用占用的监视：{ $watches }
promise-watches-unknown = 无法预先得知之后的监视数量。

change-make-folder = 创建文件夹 { $path }
change-write-new = 写入新文件 { $path }
change-write = 更改文件 { $path }
change-limit = { $key }：{ $before } → { $after }
change-boot-file = 写入 { $path }，每次启动时读取
change-trash-folder = 移到回收站：{ $path }（{ $directories } 个文件夹，{ $size }）
change-trash-file = 移到回收站：{ $path }（{ $size }）
change-restart = 结束进程 { $pid }，并在 { $folder } 中重新启动：{ $command }

done-folder = 已创建文件夹：{ $path }
done-file = 已写入文件：{ $path }
done-limits = 内核现在的 { $key } = { $after }，之前为 { $before }
done-limits-same = 内核的上限已符合要求
done-trashed = 已移到回收站：{ $path }
done-restarted = 应用现在以进程 { $pid } 运行，其输出在 { $log }

outcome-nothing-to-do = 一切已符合要求，没有更改任何内容。
outcome-applied = 完成。要撤销：inotify-doctor undo { $id }
outcome-applied-final = 完成。重新启动无法撤销。
outcome-stale = 没有更改任何内容，因为有些情况与制定计划时不同。
outcome-failed = 未完成：{ $reason }
outcome-nothing-left = 没有留下未完成的更改。
outcome-left = 以下内容无法撤回：

stale-file = { $path } 在此期间被更改。
stale-link = { $path } 的位置现在是一个链接。
stale-folder = 文件夹 { $path } 现在已存在。
stale-gone = { $path } 已不存在，或已变成别的东西。
stale-limits = 内核的上限在此期间被更改。
stale-process = 进程 { $pid } 已结束。

undo-done = 已撤销。
undo-already = 之前已撤销，没有更改任何内容。
undo-refused = 没有撤销任何内容，因为此后有人更改了以下内容：
undo-failed = 未能完全撤销：{ $reason }再次执行撤销即可继续。
undo-list-empty = 本程序没有做过可以撤销的更改。
undo-state-applied = 已应用
undo-state-undone = 已撤销
undo-state-interrupted = 中断
undo-ask = 要撤销吗？
undo-unreadable = 无法理解此日志文件：{ $path }

conflict-changed = { $path } 既不是写入的内容，也不是之前的内容。
conflict-gone = { $path } 已不存在。
left-folder = 文件夹 { $path } 保留，因为里面有其他内容。
left-there-again = { $path } 已重新生成；旧的仍在回收站中。
left-not-in-trash = { $path } 已不在回收站中。
left-restarted = 进程 { $pid } 已结束，不会恢复；代替它启动的应用继续运行。

error-foreign-owned = { $path } 属于另一个用户（编号 { $owner }）。写入会改变其所有者。
error-not-permitted = 您不能写入 { $path }。请检查该文件及其文件夹的权限。
error-read-only = { $path } 位于只读文件系统上。
error-disk-full = 没有空间写入 { $path }。请腾出空间后重试。
error-vanished = { $path } 不存在。
error-changed = { $path } 在本程序工作期间被更改。请查看后重试。
error-not-a-file = { $path } 不是文件。
error-link = 通往 { $path } 的路径上有一个链接。之前不存在的链接不会被跟随。
error-link-outside = { $path } 是指向 { $target } 的链接，位于您的主文件夹和项目之外。请自行更改该文件。
error-not-utf8 = { $path } 从第 { $byte } 个字节起不是 UTF-8 文本。请先另存为 UTF-8。
error-broken = { $path } 不是有效的 TOML：第 { $line } 行第 { $column } 列：{ $reason }。不会覆盖它。
error-broken-repair = 第 { $line } 行应为：{ $suggestion }
error-not-a-table = { $path } 中的 “{ $key }” 不是表，无法在其中设置。
error-not-a-script = { $path } 不是 shell 脚本。
error-no-launch-line = { $path } 中没有运行 “streamlit run” 的行。
error-no-home = 不知道您的主文件夹：HOME 没有设为完整路径。
error-trash = 回收站拒绝了 { $path }：{ $reason }
error-process-gone = 进程 { $pid } 已结束。
error-foreign-process = 进程 { $pid } 属于另一个用户（编号 { $owner }）。绝不会触碰他人的进程。
error-still-running = 进程 { $pid } 在温和和强硬的要求下都没有结束。
error-did-not-start = 应用已结束，但没有重新启动：{ $reason }
error-see-log = 其输出在 { $log }。
error-busy = 本程序的另一个实例正在进行更改。请等待其完成后重试。
error-no-entry = 日志中没有可用于此操作的条目 { $id }。“inotify-doctor undo --list” 会列出它们。
error-system = { $path }：{ $reason }

refusal-nothing = 没有要提高的上限。
refusal-out-of-range = { $value } 不可行：上限是 1 到 2,147,483,647 的整数。
refusal-would-lower = { $value } 低于当前的 { $before }。本程序从不降低上限。
refusal-changed = 制定计划后上限已被更改。没有执行任何操作。
refusal-dismissed = 没有输入密码。没有更改任何内容。
refusal-denied = 密码错误，或此账户不是管理员。没有更改任何内容。
refusal-no-agent = 此处无法询问密码：没有带密码对话框的桌面会话，也没有终端。
refusal-not-installed = 没有安装询问密码的程序（pkexec 或 sudo）。
refusal-no-bus = pkexec 所需的系统总线没有运行。
refusal-no-polkitd = pkexec 所需的 polkit 服务不存在。
refusal-no-new-privileges = 本程序的启动方式不允许获得管理员权限（no_new_privs）。
refusal-not-setuid = pkexec 或 sudo 无法成为管理员：它失去了 set-user-id 位，或其磁盘以 nosuid 挂载。
refusal-killed-waiting = 密码对话框被信号 { $signal } 终止。没有更改任何内容。
refusal-not-started = 无法启动询问密码的程序。
refusal-not-understood = 脚本不理解所给的内容。这是本程序的错误，请报告。
refusal-not-root = 脚本没有以管理员身份运行。
refusal-tool-missing = 脚本需要的某个基本命令没有安装。
refusal-no-lock = 无法创建 /run/inotify-doctor 中的锁。
refusal-another-run = 脚本的另一次运行尚未结束。
refusal-limit-unreadable = 无法读取内核的上限。
refusal-higher = 上限或我们文件中的值已高于所要求的值。
refusal-target-not-a-file = { $path } 是链接或其他非文件的东西，不会改动它。
refusal-target-foreign = { $path } 由他人写入或已被编辑，不会改动它。
refusal-read-only-folder = 无法写入 { $path }：其文件系统为只读。
refusal-disk-full = 没有空间写入 { $path }。没有更改任何内容。
refusal-file-not-written = 无法写入 { $path }。
refusal-read-only-kernel = 此处的 /proc/sys 为只读：即使管理员也无法在此提高上限。
refusal-by-kernel = 内核不接受该值。已做的部分已撤回。
refusal-not-taken-back = 某一步失败，且之前的一步无法撤回：上限可能与之前不同。
refusal-killed-working = 脚本被信号 { $signal } 终止：上限可能已提高，但没有写入下次启动用的文件。撤销即可恢复。
refusal-unexpected = 返回了意外的结果。尚不清楚是否有任何更改。
refusal-details = 输出：{ $details }

guidance-host = 上限属于宿主机。请在那里运行：
guidance-node = 上限属于集群的每个节点。请由集群管理者在节点的终端中运行：
guidance-nixos = NixOS 根据配置生成 /etc。请把以下内容写入 configuration.nix：
guidance-wsl = 此 WSL 启动时不读取设置文件。请把以下内容写入 /etc/wsl.conf，并在 Windows 中运行 “wsl --shutdown”：
guidance-wsl1 = WSL 1 没有可以提高上限的 Linux 内核。请把该发行版转换为 WSL 2。
guidance-sandbox = 在此沙盒内无法提高上限。请在外面的终端中运行：
guidance-terminal = 此处无法显示密码对话框。请在终端中运行：

boot-not-read = 此环境启动时不读取设置文件，因此上限只保持到下次启动。
boot-beaten = 下次启动时，{ $file } 第 { $line } 行读取得更晚，会把 { $key } 设为 { $value }。
boot-would-lower = { $file } 第 { $line } 行把 { $key } 设为 { $value }；新文件会在下次启动时降低它。
boot-unreadable = 此用户不能读取 { $file }：不知道它是否设置了同一上限。

stronger-flag = 命令行也设置了 { $key }，以命令行为准。
stronger-environment = 环境变量 { $name } 也设置了 { $key }，以其为准。
stronger-file = { $path } 也设置了 { $key }，以其为准。
stronger-not-read = 此启动方式不读取该文件。

advice-move = { $path } 可以放在别处，原位置放一个链接：链接不会被跟随。可节省 { $saves } 个监视。
advice-own-folder = 入口脚本可以与其导入的模块和页面一起放在单独的文件夹中。它现在位于 { $folder }；最多可节省 { $saves } 个监视。

size-bytes = { $value } B
size-kib = { $value } KiB
size-mib = { $value } MiB
size-gib = { $value } GiB


## Verification

verify-title-limit-now = 现在的监视上限
verify-title-instances-now = 现在的实例上限
verify-title-limit-at-boot = 重启后的监视上限
verify-title-instances-at-boot = 重启后的实例上限
verify-title-instances-added = 实际打开实例
verify-title-watches-added = 实际添加监视
verify-title-settings = 下次启动时的设置
verify-title-running-apps = 正在运行的应用
verify-title-app-holds-all = 运行中应用占用的监视
verify-title-trial = 试运行
verify-passed = 通过
verify-failed = 未通过
verify-could-not-run = 无法检查
verify-step-project = 请在“项目”步骤中选择项目或其应用。
verify-step-diagnosis = “诊断”步骤会说明原因。
verify-step-fix = “修复”步骤提供解决办法。

verify-limit-unknown = 内核在这里不提供上限。
verify-limit-of-kernel = 此账户最多可占用 { $limit } 个监视。
verify-limit-of-namespace = 在此用户命名空间中，此账户最多可占用 { $limit } 个监视，少于内核允许的数量。
verify-instances-of-kernel = 此账户最多可占用 { $limit } 个 inotify 实例。
verify-instances-of-namespace = 在此用户命名空间中，此账户最多可占用 { $limit } 个 inotify 实例，少于内核允许的数量。
verify-limit-enough = 现在占用 { $held } 个，连同项目共 { $total } 个：放得下。
verify-limit-held = 现在占用 { $held } 个。
verify-limit-short = 现在占用 { $held } 个，连同项目将有 { $total } 个：多出 { $missing } 个。
verify-limit-minimum = 有些进程无法读取，因此实际占用可能更多。
verify-boot-set = { $file } 第 { $line } 行将其设为 { $limit }。
verify-boot-default = 没有文件设置它；内核自己的默认值约为 { $limit }。
verify-boot-default-unknown = 没有文件设置它，这里也无法计算内核自己的默认值。
verify-boot-host = 这是一个容器：上限由运行它的计算机设置。
verify-boot-unreadable = 启动时会读取 { $file }，而此账户无权读取它，因此无法得知结果。
verify-boot-enough = 至少需要 { $wanted }：足够。
verify-boot-short = 至少需要 { $wanted }：不够。
verify-boot-lower = 它低于现在的 { $now }。
verify-instances-added = 已打开并释放 { $added } 个实例。
verify-instances-beside = 应用需要 { $need } 个，它已占用 { $held } 个；其余 { $added } 个已打开并释放。
verify-instances-refused = 应用需要 { $need } 个，它已占用 { $held } 个，还能打开 { $added } 个；随后内核拒绝，错误号为 { $errno }。全部已释放。
verify-instances-descriptors = 打开 { $added } 个实例后，本程序自己打开的文件过多（错误号 { $errno }），这与实例数量无关。
verify-added = 应用占用 { $added } 个监视。全部已添加并释放。
verify-added-none-needed = 应用不占用监视，因此没有添加。
verify-added-app-holds = 应用占用 { $need } 个监视，进程 { $pid } 已占用这么多。无需添加。
verify-added-beside = 应用占用 { $need } 个监视。进程 { $pid } 已占用 { $held } 个；缺少的 { $added } 个已添加并释放。
verify-added-stand-ins = 其中 { $count } 个属于 Python 尚未创建的文件夹，已改为添加在文件上。
verify-added-refused = 应用占用 { $need } 个监视。它已占用 { $held } 个，还能添加 { $added } 个；随后内核拒绝了 { $folder }，错误号为 { $errno }。全部已释放。
verify-added-folder-to-come = Python 尚未创建的文件夹
verify-settings-no-script = 不知道入口脚本，因此也不知道 Streamlit 的设置。
verify-settings-broken = { $file } 第 { $line } 行不是有效的 TOML，因此 Streamlit 会忽略整个文件：{ $text }
verify-settings-unreadable = 无法读取 { $file }：{ $reason }
verify-settings-watcher = 下次启动时，Streamlit 将看到 server.fileWatcherType = { $value }，来自{ $source }。
verify-settings-watchdog = 它使用 inotify 监视。
verify-settings-poll = 它使用轮询，不占用监视。
verify-settings-none = 它不监视文件，也不占用监视。
verify-settings-unknown-word = Streamlit 不认识这个词，因此不监视文件。
verify-settings-beaten = 来自{ $source }的 { $value } 不起作用，因为另一处优先。
verify-settings-chosen = 您选择的是 { $value }。
verify-apps-none = 此项目没有正在运行的应用，因此没有应用使用旧设置。
verify-apps-unknown = 无法得知进程 { $pid } 的启动时间。
verify-apps-new = 进程 { $pid } 于 { $started } 启动，晚于最后一次更改。
verify-apps-old = 进程 { $pid } 于 { $started } 启动，早于 { $path } 在 { $changed } 的更改。它仍在使用旧设置。
verify-apps-restart = 它占用 { $watches } 个监视；重启后将占用 { $after } 个。
verify-holds-no-app = 此项目没有正在运行的应用，因此无从比较。
verify-holds-all = 进程 { $pid } 监视了应监视的全部 { $expected } 个文件夹。
verify-holds-none-needed = 进程 { $pid } 占用 { $watches } 个监视，但并不需要。
verify-holds-not-yet = 进程 { $pid } 尚未开始监视：请在浏览器中打开应用。届时它应监视 { $expected } 个文件夹。
verify-holds-unreadable = 无权读取进程 { $pid } 监视的内容。
verify-holds-gap = 进程 { $pid } 占用 { $watches } 个监视，应监视 { $expected } 个文件夹。{ $count } 个文件夹中的更改会被漏掉：{ $folders }
verify-trial-counted = 应用在打开一个会话的情况下占用了 { $watches } 个监视；预测为 { $need } 个。
verify-trial-no-script = 不知道入口脚本，因此没有可以启动的应用。
verify-trial-no-python = 没有找到带有 Streamlit、可以启动应用的 Python。
verify-trial-no-room = 进程 { $pid } 已在运行此应用，旁边放不下第二个应用的 { $need } 个监视。
verify-trial-not-started = 无法启动应用：{ $reason }
verify-trial-died = 应用自行结束（{ $status }）。
verify-trial-no-session = 应用没有在规定时间内打开会话。
verify-trial-closed = 应用在脚本结束前关闭了会话：{ $reason }
verify-trial-still-running = 脚本没有在规定时间内结束。到那时应用占用了 { $watches } 个监视；预测为 { $need } 个。
verify-trial-said = 它写的最后一行：{ $line }
verify-trial-gap = 它没有监视 { $count } 个文件夹：{ $folders }
verify-trial-error = 它的日志写道：{ $line }
verify-compare-no-file = 无文件设置
verify-compare-unknown = 未知
verify-compare-limit = 监视上限
verify-compare-at-boot = 为下次启动设置的值
verify-compare-held = 此账户占用
verify-compare-need = 项目需要
verify-compare-missing = 缺少
verify-compare-gaps = 运行中应用漏掉的文件夹

## Report

report-title = Inotify Doctor 报告
report-made = 由 Inotify Doctor { $version } 生成于 { $time }（UTC）。

report-heading-findings = 发现
report-heading-recommendation = 该怎么做
report-heading-limits = 上限
report-heading-processes = 进程
report-heading-project = 项目
report-heading-streamlit = Streamlit
report-heading-settings = 设置
report-heading-system = 系统
report-heading-privacy = 隐私

report-watches = 监视数
report-instances = 实例数
report-unknown = 未知
report-not-found = 未找到
report-not-set = 未设置
report-none = 无

report-gauge-held = # 目前持有：{ $count }
report-gauge-to-add = + 项目还将需要：{ $count }
report-gauge-limit = 上限：{ $count }
report-gauge-limit-passed = | 上限：{ $count }

report-column-limit = 上限
report-column-now = 目前
report-column-at-boot = 重启后
report-column-set-by = 启动时由谁设置
report-column-line-without-effect = 不起作用的行
report-column-value = 值
report-column-why = 原因
report-kernel-default = 没有文件设置，使用内核默认值
report-boot-reader = 启动时由 { $reader } 应用这些文件。
report-boot-nobody = 这里启动时没有程序应用 sysctl 文件。
report-boot-unreadable = 重启后的值不确定，因为无法读取这些文件：{ $files }。
report-namespace-limits = 当前用户命名空间自身允许 { $watches } 个监视和 { $instances } 个实例。
report-line-overridden = 后面的行覆盖了它
report-line-not-read = 启动时不读取该文件
report-line-masked = 读取的是另一个同名文件
report-line-refused = 内核拒绝该值

report-column-pid = PID
report-column-program = 程序
report-column-kind = 类型
report-column-uid = 用户 ID
report-column-share = 占上限比例
report-column-command = 命令行
report-share-other-account = 不属于您
report-account = 您的账户（用户 ID { $uid }）持有 { $instances } 个实例、{ $watches } 个监视。
report-processes-more = 另有 { $count } 个进程持有实例；本报告的 JSON 格式列出全部进程。
report-processes-shared = 有些进程共用一个实例。它只计一次，算在其中一个进程上；占上限比例按此计算。
report-processes-unreadable-own = 您账户的 { $count } 个进程无法读取：它们持有的也计入上限，但不在此表中。
report-processes-unreadable-others = 其他用户的 { $count } 个进程无法读取；它们不计入您的上限。
report-processes-hidden = 可能还有从这里完全看不到的进程；它们持有的数量不在此表中。

report-fact-folder = 文件夹
report-fact-script = 入口脚本
report-fact-size = 规模
report-fact-unreadable = 无法读取的目录
report-fact-mount = 其中的其他文件系统
report-fact-unresponsive = 没有响应，未计入
report-size-small = 小型：{ $directories } 个目录，{ $files } 个文件
report-size-medium = 中型：{ $directories } 个目录，{ $files } 个文件
report-size-large = 大型：{ $directories } 个目录，{ $files } 个文件
report-column-directories = 目录数
report-column-files = 文件数
report-column-heaviest = 最大的文件夹
report-column-log = 日志
report-column-line = 最后一行 inotify 错误

report-fact-streamlit = Streamlit
report-fact-watchdog = watchdog
report-fact-watcher = 监视方式
report-fact-need = 所需数量
report-watcher-watchdog = 由 watchdog 使用 inotify
report-watcher-poll = 轮询，不占用监视
report-watcher-none = 不监视
report-need = 打开一个会话时需要 { $watches } 个监视和 { $instances } 个实例
report-need-estimate = 打开一个会话时大约需要 { $watches } 个监视和 { $instances } 个实例
report-column-watched-folder = 被监视的文件夹
report-column-because = 原因
report-because-script = 入口脚本在其中
report-because-page = 页面 { $file } 在其中
report-because-module = 导入的模块 { $file } 在其中
report-because-watch-list = 列在 server.folderWatchList 中
report-because-config-file = 设置文件 { $file } 在其中
report-because-other = Streamlit 监视其中的 { $file }
report-column-running = 运行中的应用（PID）
report-column-holds = 持有监视数
report-column-expected = 应持有
report-column-unwatched = 未监视的文件夹

report-column-setting = 设置项
report-column-source = 来源
report-setting-overridden = { $place }，不起作用
report-column-settings-file = 设置文件
report-column-state = 状态
report-settings-read = 已读取
report-settings-broken = 整个文件被忽略：第 { $line } 行不是有效的 TOML（{ $reason }）
report-settings-unreadable = 无法读取：{ $reason }
report-settings-no-file = 没有设置文件。

report-fact-distribution = 系统
report-fact-kernel = 内核
report-fact-desktop = 桌面
report-fact-container = 容器
report-fact-wsl = WSL
report-fact-init = 初始化系统
report-fact-administrator = 管理员权限
report-init-other = 不是 systemd
report-pkexec-usable = pkexec 可以询问密码
report-pkexec-not-installed = 没有安装 pkexec
report-pkexec-not-setuid = pkexec 没有成为 root 的权限
report-pkexec-no-new-privileges = 当前进程不允许获得更高权限
report-pkexec-no-system-bus = 没有 pkexec 所需的系统总线
report-pkexec-no-polkitd = 没有安装 polkit 守护进程
report-pkexec-confined = 这里的 root 不是整台机器的 root
report-in-user-namespace = 本报告在用户命名空间内生成。
report-in-flatpak = 本报告在 Flatpak 内生成。
report-in-snap = 本报告在 Snap 内生成。
report-on-nixos = 这是 NixOS：要长期生效的上限应写入 boot.kernel.sysctl。
report-on-ostree = 这是基于镜像的系统：/usr 只读，/etc 可以修改。
report-read-only-sysctl = 这里的 /proc/sys 是只读的。
report-etc-not-writable = 这里的 /etc 是只读的。

report-privacy-removed = 能够识别的姓名、地址和密钥都已移除。分享前请再看一遍。
report-privacy-nothing-found = 没有识别到隐私内容，因此没有移除任何内容。分享前请再看一遍。
report-privacy-nothing-removed = 本报告没有移除任何内容，可能包含姓名、路径和密钥；分享前请三思。
report-removed-secrets = 密码、令牌和密钥
report-removed-home = 主目录，现为 ~
report-removed-users = 用户名，现为“user”
report-removed-host = 主机名，现为“host”
report-removed-addresses = IP 地址
report-removed-emails = 电子邮件地址
report-removed-times = 移除 { $count } 处

report-heading-changes = 已做的更改
report-caption-changes = Inotify Doctor 所做且尚未撤销的更改
report-column-when = 时间（UTC）
report-column-undo = 撤销命令
report-column-what = 所做的更改
report-change-separator = ；
report-change-interrupted = 中断，只做了一部分：{ $what }
report-change-for-good = 无法撤销

report-heading-by-hand = 在另一台机器上手动操作
report-by-hand-file = 把以下内容保存为 { $file }：
report-by-hand-apply = 立即应用；此后每次启动时都会读取该文件：
report-by-hand-boot = 这些文件按文件名的顺序读取，最后一个值生效：此文件名排在 99-sysctl.conf 之后，但以字母开头的文件读取得更晚。
report-by-hand-places = 容器的上限就是其主机的上限：请在主机上操作。WSL 2 只有启用 systemd 时才会在启动时读取这些文件。NixOS 要把这些值写入 boot.kernel.sysctl。
report-by-hand-config = 或者让 Streamlit 完全不占用监视，代价是失去热重载。把以下内容写入启动应用时所在文件夹的 { $file }，然后重启应用（用 "poll" 代替 "none" 可以保留热重载，代价是占用 CPU）：
report-by-hand-variable = 对从同一个终端启动的所有程序同样生效；这个变量优先于设置文件，命令行参数又优先于它：

report-gauge-instances = 您账户的实例
report-gauge-held-now = 目前持有
report-picture-heaviest = 最大的文件夹，按其中的目录数
report-caption-limits = inotify 的内核上限
report-caption-without-effect = 不起作用的行
report-caption-processes = 持有监视的进程，最多的在前
report-caption-logs = 含有 inotify 错误的日志
report-caption-roots = Streamlit 监视的文件夹，包括其下的全部
report-caption-running = 此项目运行中的应用
report-caption-settings = 生效的设置
report-caption-files = 设置文件

report-write-no-name = “{ $path }”末尾不是文件名。请给出文件名，例如 report.md。
report-write-folder = 无法打开文件夹 { $path }：{ $reason }。没有写入任何内容。
report-write-link = { $path } 是符号链接。写入会改动别处的文件，因此没有写入；请给出普通文件的路径。
report-write-not-a-file = { $path } 不是普通文件，没有写入；请给出一个可以被替换的文件。
report-write-file = 无法写入 { $path }：{ $reason }。原有内容没有改变。


## Command line

cli-about = 查明 Linux 的 inotify 监视为何用完，解决问题，并证明已经解决
cli-fix-about = 显示补救措施将做什么，询问后执行
cli-verify-about = 检查是否奏效，并短暂添加项目的监视作为证明
cli-verify-trial = 同时短暂启动应用，打开一个会话，统计其监视后结束。这会运行您的代码
cli-verify-format = 结果的格式
cli-verify-limits-only = 没有指定项目，因此只检查了上限。请用 --project 指定。
cli-verify-all-passed = { $passed } 项检查通过。
cli-verify-some-not = { $passed } 项通过，{ $failed } 项未通过，{ $unknown } 项无法检查。
cli-undo-about = 撤销所做的更改
cli-dry-run = 显示计划后停止
cli-yes = 不询问
cli-raise-limits = 提高内核上限；不给数字时提高到推荐值
cli-streamlit-config = 更改项目的 .streamlit/config.toml
cli-launch-script = 把环境变量写入项目的启动脚本
cli-session-variable = 把环境变量写入您的桌面会话
cli-clear-caches = 把项目的缓存移到回收站
cli-watches = 新的监视上限
cli-instances = 新的 inotify 实例上限
cli-queued-events = 新的排队事件上限
cli-until-reboot = 仅到重启为止
cli-run-on-save = 更改后是否重新运行应用；不会释放监视
cli-personal = 您自己的设置 ~/.streamlit/config.toml，而不是项目的
cli-file-watcher = Streamlit 如何监视文件
cli-undo-id = 更改的编号；不给则为最后一个
cli-undo-list = 列出更改
cli-script-heading = 以管理员身份运行的脚本：
cli-script-command = 运行它的命令：{ $command }
cli-ask = 要应用吗？
cli-yes-or-no = [y/N]
cli-answers-yes = y yes 是
cli-said-no = 没有更改任何内容。
cli-report-about = 输出诊断结果
cli-project = 项目文件夹
cli-script = 入口脚本，即交给 “streamlit run” 的文件
cli-python = 用来查看已安装软件包的解释器；不会运行它
cli-command = 您输入的启动命令：streamlit run app.py --server.port=8501
cli-format = 报告的格式
cli-output = 写入此文件，而不是标准输出
cli-no-redact = 在报告中保留名称、主文件夹和机密
cli-no-window = 无法显示窗口：{ $reason }以下是文本形式的诊断。
cli-foreign-command = -- 之后的命令不是运行 Streamlit：{ $command }。应类似于：streamlit run app.py
cli-survey-died = 检查意外终止。请附上所用命令报告此问题。
cli-progress = 已统计 { $directories } 个文件夹和 { $files } 个文件

survey-no-folder = 无法打开项目文件夹 { $path }：{ $reason }。请指定一个存在且您可以读取的文件夹。
survey-not-a-folder = { $path } 不是文件夹。请指定项目所在的文件夹。
survey-no-script = 没有脚本 { $path }。请指定项目中的文件或完整路径。
survey-no-python = { $path } 不是 Python 解释器。请指定安装了 Streamlit 的环境中的 python。
survey-cancelled = 在完成前已停止。


## Window: frame

window-step-project = 项目
window-step-diagnosis = 诊断
window-step-fix = 修复
window-step-verify = 验证
window-back = 上一步
window-next = 下一步
window-cancel = 取消
window-scan-again = 重新扫描
window-export = 导出报告…
window-language = 语言
window-theme = 浅色或深色
window-theme-system = 跟随系统
window-theme-light = 浅色
window-theme-dark = 深色
window-about-project = 尚未选择
window-about-diagnosis-none = 尚未运行
window-about-diagnosis-taking = 正在查看……
window-about-diagnosis-failed = 无法得出
window-about-diagnosis-ready = { $problems ->
    [0] 没有发现问题
   *[other] 发现 { $problems } 个问题
}
window-about-fix = 该做什么
window-about-verify = 证明已经解决
window-hint-project = 查看不会改动这台电脑上的任何东西。
window-hint-all-read = 所有进程都已读取。
window-hint-others-unread = 其他用户的 { $count } 个进程无法读取；它们不计入您的上限。
window-hint-own-unread = 您账户的 { $count } 个进程无法读取；它们占用的数量未计入此处。
window-hint-nothing-changed = 这台电脑上没有任何改动。
window-problem = 问题
window-stopped = 已停止

failure-no-folder = 文件夹 { $path } 不存在
failure-no-folder-detail = 请检查拼写，或按“选择文件夹…”。路径以 / 开头，或以表示主文件夹的 ~ 开头。
failure-folder = 无法打开文件夹 { $path }
failure-folder-detail = 系统提示：{ $reason }。请选择您有权读取的文件夹。
failure-not-a-folder = { $path } 是文件，不是文件夹
failure-not-a-folder-detail = 请给出项目的文件夹；入口脚本会在其中找到，并且可以更改。
failure-no-script = 脚本 { $path } 不存在
failure-no-script-detail = 请给出传给 "streamlit run" 的文件，路径从项目文件夹算起。
failure-no-python = { $path } 不是 Python 解释器
failure-no-python-detail = 请给出应用所用环境中的 python 程序，例如 .venv/bin/python。
failure-cancelled = 扫描已停止
failure-cancelled-detail = 没有任何改动。按“重新扫描”可以重新开始。
failure-crashed = 程序在扫描时出错了
failure-crashed-detail = 这不是您的问题。请附上以下内容反馈：{ $message }

export-title = 导出报告
export-format = 格式
export-format-text = 纯文本
export-redact = 去掉我的姓名、主文件夹、主机名和机密信息
export-preparing = 正在准备预览……
export-file = 另存为
export-browse = 浏览…
export-look-first = 这就是整个文件。发给别人之前请先看一遍。
export-save = 保存
export-close = 关闭
export-done = 已保存到 { $path }。
window-no-display = 无法连接显示器（{ $reason }）。
window-no-opengl = OpenGL 在这里不能工作（{ $reason }）。
window-not-opened = 窗口系统提示 { $reason }。
window-no-chinese-font = 这台电脑上没有找到中文字体。请安装一个，例如 Noto Sans CJK，才能在这里阅读中文。
window-drop = 松开以使用项目文件夹或日志文件


## Window: step Project

project-title = 哪个项目出了问题？
project-below-apps = 选择一个正在运行的应用，或指出项目的文件夹。
project-below = 请指出项目的文件夹。
project-below-no-apps = 请指出项目的文件夹。没有找到正在运行的 Streamlit 应用。
project-folder = 项目文件夹
project-folder-hint = /项目/的/路径
project-choose = 选择文件夹…
project-choose-title = 选择项目的文件夹
project-choosing = 对话框已打开。您也可以在这里输入路径。
project-chose-nothing = 没有选择文件夹。如果没有出现对话框，请在这里输入路径。
project-drop = 您也可以把文件夹或日志文件拖到这个窗口。
project-counting = 正在统计：{ $directories } 个目录，{ $files } 个文件……
project-counted = { $directories } 个目录，{ $files } 个文件。
project-recent = 最近：
project-app-name = { $command }，进程 { $pid }
project-app-running = 运行中
project-app-process = 进程 { $pid }
project-app-holds = 占用 { $watches } 个监视
project-app-holds-unknown = 无法读取它的监视
project-app-holds-all = 占用全部 { $watches } 个监视
project-app-holds-part = 占用 { $expected } 个监视中的 { $watches } 个
project-script = 入口脚本
project-script-other = 其他脚本
project-script-none = 没有找到启动 Streamlit 应用的文件。请给出传给 "streamlit run" 的文件。
project-script-chosen = 由您选择。
project-script-running = 正在运行的应用由它启动。
project-script-named = 在 { $file } 中找到。
project-script-imports = 它导入了 streamlit。
project-script-folder = Streamlit 监视的是该脚本所在的文件夹，而不是整个项目。
project-none-found = 没有找到
project-python = Python
project-python-other = 其他解释器
project-python-none = 没有找到这个项目的 Python。将按已知最新版 Streamlit 的规则计算。
project-python-chosen = 由您选择。
project-python-running = 正在运行的应用使用它。
project-python-virtual-env = 当前激活的虚拟环境。
project-python-project = 项目自己的环境。
project-python-path = 它属于 streamlit 命令。
project-python-installed = Streamlit { $streamlit }，watchdog { $watchdog }。
project-python-no-watchdog = Streamlit { $streamlit }，没有 watchdog。
project-python-no-streamlit = 其中没有安装 Streamlit。
project-error = 有错误信息吗？
project-error-optional = 可选
project-error-hint = 粘贴到这里，例如：OSError: [Errno 28] inotify watch limit reached
project-error-nothing-in = { $file } 的末尾没有提到 inotify。
project-error-unknown = 这段文字中没有可识别的 inotify 或其上限的错误。
project-error-watches = 有程序请求监视，而您的账户已经没有剩余。即使文字中写着“device”，也与磁盘无关。
project-error-queue = 变化来得比读取更快，因此丢失了一些。增加监视对此没有帮助。
project-error-is = 从现在的占用情况看，可能的原因是：{ $cause }。
project-error-several = 从现在的占用情况看，可能的原因是其中之一：{ $causes }。
project-error-open = 仅凭文字无法判断原因。它是其中之一：{ $causes }。
project-error-or = {" · "}
project-cause-watches = 您账户的监视已用完
project-cause-instances = 您账户的 inotify 实例已用完
project-cause-disk = 磁盘已满
project-cause-inodes = 磁盘无法容纳更多文件
project-cause-descriptors = 该进程打开的文件过多


## Window: step Diagnosis

diagnosis-none = 还没有查看任何内容。
diagnosis-taking = 正在查看这台电脑和项目
diagnosis-taking-counted = 目前 { $directories } 个目录，{ $files } 个文件
diagnosis-taking-processes = 正在读取谁占用了监视
diagnosis-failed = 没有得出诊断。
diagnosis-below-no-project = 没有选择项目，因此只判断现在运行的程序。
diagnosis-below-whole-folder = 按监视整个项目文件夹的程序计算。
diagnosis-below-streamlit = 根据找到的设置和软件包，按 { $script } 打开一个浏览器会话计算。
diagnosis-tab-processes = 进程
diagnosis-tab-folders = 文件夹
diagnosis-tab-settings = 设置
diagnosis-tab-system = 系统

gauge-title = 您账户的监视
gauge-limit = 上限 { $limit }
gauge-process = { $program }({ $pid })
gauge-others = 其他 { $count } 个程序
gauge-fits = 您的项目将增加
gauge-missing = 您的项目缺少
gauge-in-words = 您账户的监视，上限 { $limit }：{ $parts }

processes-program = 程序
processes-kind = 类型
processes-user = 用户
processes-pid = PID
processes-instances = 实例
processes-watches = 监视
processes-share = 占上限的比例
processes-filter = 筛选进程
processes-sum = 您的账户在 { $instances } 个实例中占用 { $watches } 个监视。
processes-none = 看不到占用监视的进程。
processes-none-match = 没有进程符合“{ $filter }”。
processes-show = 显示 { $program }（进程 { $pid }）的命令行
processes-details = { $program }，进程 { $pid }
processes-cwd = 启动于 { $path }
processes-shared = 与进程 { $pids } 共用一个实例
processes-not-charged = 不计入您账户的上限。
processes-copy = 复制命令行

folders-no-project = 没有选择项目。请在第一步选择一个，以查看目录在哪里。
folders-heaviest = 目录最多的文件夹
folders-root = Streamlit 监视 { $path } 及其下全部：{ $directories } 个目录
folders-none-inside = 这里没有可显示的文件夹。目录数（包括本身）：{ $directories }。
folders-rest = 其余全部
folders-part = { $name }：{ $directories } 个目录，{ $files } 个文件
folders-name = 名称
folders-directories = 目录
folders-files = 文件
folders-share = 比例

settings-none = 不知道入口脚本，因此没有可显示的 Streamlit 设置。
settings-key = 设置项
settings-value = 生效值
settings-source = 来自
settings-overrides = 覆盖了
settings-source-flag = 命令行
settings-source-environment = 环境变量 { $name }
settings-source-default = 默认值
settings-files = 设置文件，优先级最高的在前
settings-file-missing = 不存在
settings-file-read = 已读取
settings-file-broken = 被忽略
settings-file-broken-detail = 第 { $line } 行不是有效的 TOML，因此整个文件被忽略：{ $text }（{ $reason }）
settings-file-unreadable = 无法读取

system-limit = 上限
system-now = 现在
system-at-boot = 重启后
system-set-by = 设置于
system-unknown = 未知
system-kernel-default = 内核默认值
system-no-file = 没有文件
system-line = { $file }，第 { $line } 行
system-beaten = { $place } 把 { $key } 设为 { $value }；之后读取的文件优先。
system-ineffective = { $place } 把 { $key } 设为 { $value }，但没有作用。
system-unreadable = { $file } 无法读取；不知道它设置了什么。
system-other-lines = 不起决定作用的行
system-place = 这台电脑
system-yes = 是
system-no = 否
system-distribution = 发行版
system-kernel = 内核
system-desktop = 桌面
system-container = 容器
system-wsl = 适用于 Linux 的 Windows 子系统
system-namespace = 位于用户命名空间内
system-namespace-limit = 其监视上限
system-reader = 启动时设置上限的程序
system-reader-systemd = systemd-sysctl
system-reader-procps = sysctl --system
system-reader-nobody = 无
system-can-set = 可以在这里更改内核设置
system-pkexec = 密码对话框（pkexec）
system-pkexec-usable = 可用，{ $path }
system-pkexec-not-installed = 未安装
system-pkexec-not-setuid = 无法成为 root（没有 setuid 位，或挂载方式禁止）
system-pkexec-no-new-privileges = 本程序不能获得特权
system-pkexec-no-bus = 没有系统总线
system-pkexec-no-polkitd = 未安装 polkit
system-pkexec-confined = 这里的 root 不是这台电脑的 root


## Window: steps Fix and Verify

check-title = 成功了吗？
check-below = “运行检查”会再次读取上限，并短暂添加项目的每个监视，全部计数后立即释放。
check-run = 运行检查
check-running = 正在运行检查。
check-running-counted = 目前为止 { $directories } 个文件夹
check-all-passed = 一切正常。
check-none-failed = 没有检查失败。
check-failed = { $failed } 项检查失败。
check-tag = { $total } 项中有 { $passed } 项通过
check-unknown = { $unknown } 项检查无法运行，并说明了原因。
check-each-says = 每项都说明了所见的情况。
check-go-project = 转到“项目”
check-go-diagnosis = 转到“诊断”
check-go-fix = 转到“修复”
check-compare = 前后对比
check-before = 之前
check-after = 现在
check-not-run = 无法运行检查：{ $reason }

fix-no-facts = 还没有诊断。
fix-no-facts-below = 请转到第二步，或按“重新扫描”。
fix-title = 选择一种修复方法
fix-title-none = 不需要任何改动
fix-below = 每张卡片都说明代价。按“应用”之前不做任何改动；除重启应用外，一切都可以撤销。
fix-planning = 正在计算每种方法会做什么…
fix-no-project = 在第一步选择一个项目，就能看到还可以做什么。
fix-recommended = 推荐
fix-apply = 应用
fix-undo = 撤销
fix-finish = 完成
fix-copy = 复制
fix-copied = 已复制。
fix-after = 之后的监视数：
fix-after-of = { $watches } / { $limit }
fix-after-unknown = 未知
fix-this-launch = 仅限这一次启动
fix-waiting-password = 正在等待密码对话框。窗口仍可使用。
fix-waiting = 正在进行。
fix-already = 一切已如所愿。
fix-password-once = 会询问一次密码
fix-no-administrator = 不需要密码
fix-no-password = 您在这里不是管理员？其他卡片都不需要密码。

fix-raise-to = 把上限提高到 { $watches }
fix-raise-keep = 永久保留这个上限
fix-raise-fits = 现在运行的程序加上您的项目共占用 { $total } 个监视；还剩 { $free } 个。
fix-raise-fits-account = 现在运行的程序占用 { $total } 个监视；还剩 { $free } 个。
fix-raise-too-low = 仍然太低：还会缺 { $missing } 个监视。
fix-raise-host = 必须在宿主机上进行。
fix-new-limit = 新上限
fix-new-instances = 新的实例上限
fix-until-reboot = 仅到重启为止
fix-until-reboot-from-here = 到重启为止可以从这里提高：请选择“仅到重启为止”。
fix-memory = 所有监视都用上时最多占用 { $most } 内核内存
fix-memory-project = 所有监视都用上时最多占用 { $most } 内核内存；这个项目占用 { $project }
fix-not-a-number = “{ $text }”不是整数。请写数字，例如 524288。
fix-now = {"  "}现在：{ $key } { $before } → { $after }
fix-show-script = 显示以 root 运行的脚本
fix-hide-script = 隐藏脚本
fix-script-command = 运行它的命令：{ $command }（… 即上面的脚本）
fix-sysctl-in-container = 在容器里写 sysctl 没有作用：这里的上限 { $limit } 就是宿主机的上限。

fix-title-repair = 修复设置文件
fix-settings-none = 让 Streamlit 不再监视文件
fix-settings-poll = 让 Streamlit 轮询文件
fix-settings-auto = 让 Streamlit 重新监视文件
fix-settings-none-detail = 在 { $file } 中设置 fileWatcherType = "none"。之后需要手动刷新页面。
fix-settings-poll-detail = 在 { $file } 中设置 fileWatcherType = "poll"。会反复查看文件，占用一些 CPU。
fix-settings-auto-detail = 在 { $file } 中设置 fileWatcherType = "auto"：能用 inotify 就用，这是默认值。
fix-settings-broken = { $file } 不是有效的 TOML，因此 Streamlit 忽略整个文件。
fix-repair-by-hand = 这不是已知的错误。请在编辑器中改正这一行，然后按“重新扫描”。
fix-watcher = 文件监视方式
fix-watcher-none = none（不监视）
fix-watcher-poll = poll（轮询）
fix-watcher-auto = auto（自动）
fix-run-on-save = 保存时运行
fix-run-on-save-keep = 保持原样
fix-run-on-save-on = 开
fix-run-on-save-off = 关
fix-place = 位置
fix-place-project = 这个项目
fix-place-personal = 我的所有项目
fix-starter = 新文件以常用设置（作为注释）开头
fix-frees-nothing = 常被推荐但不影响监视数的设置：runOnSave 和 folderWatchBlacklist。无论用哪一个，这个应用都占用 { $watches } 个监视。

fix-launch = 只为一次启动设置
fix-launch-detail = 一个环境变量：可以复制，或用于整个桌面会话。
fix-launch-detail-script = 一个环境变量：可以复制、写入 { $script }，或用于整个桌面会话。
fix-launch-copied = 只复制命令
fix-launch-script = 写入 { $script }
fix-launch-session = 用于桌面会话
fix-launch-no-script = 不知道入口脚本，因此没有可显示的命令。请在第一步选择一个。
fix-launch-folder = 在 { $folder } 中运行。
fix-session-login = 从下次登录起生效。
fix-show-snippets = 用于 Dockerfile、compose 和 systemd
fix-hide-snippets = 隐藏

fix-caches-none = 在这个项目中没有找到缓存。
fix-caches = { $directories } 个缓存文件夹（{ $size }）可以移到回收站。
fix-caches-watches = { $directories } 个缓存文件夹（{ $size }）可以移到回收站。在它们重新生成之前，应用少占用 { $watches } 个监视。
fix-cache-holds = { $directories ->
    [0] { $size }
   *[other] { $directories } 个文件夹，{ $size }
}
fix-egg-info = *.egg-info 没有勾选：可编辑安装需要它。
fix-lone-bytecode = 没有源文件的 *.pyc 没有勾选：它可能是唯一的副本。
fix-bytecode-returns = Python 下次导入时会重新生成 __pycache__，因此只能暂时释放监视。
fix-caches-unreadable = { $count } 个文件夹无法读取；其中可能还有缓存。
fix-to-trash = 移到回收站，撤销后会回来
fix-by-yourself = 只有您自己能做的

fix-restart-detail = 这个项目有 { $apps } 个应用仍按启动时的设置运行。
fix-restart-app = 进程 { $pid }，{ $script }
fix-restart-how = 先请它结束（SIGINT，然后 SIGTERM），再以同样的命令、文件夹和环境启动。
fix-restart-kill = 它没有按请求结束。强制结束（SIGKILL）
fix-restart-final = 无法撤销；打开的会话会丢失

fix-told-done = 已完成
fix-told-look = 请再看一下
fix-told-not-done = 未完成
fix-told-heard = { $word }：{ $title }
fix-stale = 计划已重新制定。再按“应用”之前请先看一下。
fix-not-finished = 无法完成
fix-not-undone = 没有完全撤销。再按撤销会从那里继续。
fix-hint-changed = 改动可以在“修复”这一步撤销。
fix-history = 本程序做过的改动
fix-interrupted = 它在途中被打断。撤销会恢复已开始的部分；完成会做完剩下的部分。
fix-run-on-save-note = “保存时运行”只决定改动是否让应用重新运行；它不会释放任何监视。
fix-run-on-save-watches = “保存时运行”只决定改动是否让应用重新运行；它不会释放任何监视：开或关都是 { $watches } 个。
