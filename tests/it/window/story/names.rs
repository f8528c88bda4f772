//! What the story reads and hears, as it stands on the screen, in both languages.

use super::states::Trouble;

/// Languages of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    Chinese,
}

/// Names and sentences of one language.
pub(super) struct Names {
    /// As in `LANG`.
    pub(super) locale: &'static str,
    /// What stands between the command and the number of its process.
    pub(super) process: &'static str,
    pub(super) fix_it: &'static str,
    pub(super) written: &'static str,
    pub(super) one_act_left: &'static str,
    pub(super) restart: &'static str,
    pub(super) restarted: &'static str,
    pub(super) fixed: &'static str,
    pub(super) failed: &'static str,
    pub(super) done: &'static str,
    pub(super) nothing_wrong: &'static str,
    pub(super) poll: &'static str,
    pub(super) repair: &'static str,
}

const ENGLISH: Names = Names {
    locale: "en_US.UTF-8",
    process: ", process ",
    fix_it: "Fix it",
    written: "done: Change the project's Streamlit settings",
    one_act_left: "One act is left: restart the app.",
    restart: "Restart the app",
    restarted: "done: Restart the app",
    fixed: "It is fixed.",
    failed: "failed",
    done: "Done",
    nothing_wrong: "Nothing is wrong.",
    poll: "Let Streamlit poll",
    repair: "Repair the settings file",
};

const CHINESE: Names = Names {
    locale: "zh_CN.UTF-8",
    process: "，进程 ",
    fix_it: "修复",
    written: "已完成：更改项目的 Streamlit 配置",
    one_act_left: "还差一步：重启应用。",
    restart: "重启应用",
    restarted: "已完成：重启应用",
    fixed: "已修复。",
    failed: "未通过",
    done: "完成",
    nothing_wrong: "一切正常。",
    poll: "让 Streamlit 改用轮询",
    repair: "修复配置文件",
};

impl Tongue {
    pub(super) const fn names(self) -> &'static Names {
        match self {
            Self::English => &ENGLISH,
            Self::Chinese => &CHINESE,
        }
    }

    /// The judgement on an app that misses so many folders.
    pub(super) fn judgement(self, trouble: Trouble, missed: usize) -> String {
        match (self, trouble) {
            (Self::English, Trouble::Watches) => {
                format!("Streamlit cannot watch {missed} of your folders: the limit is too low.")
            }
            (Self::Chinese, Trouble::Watches) => format!("上限太低，Streamlit 有 {missed} 个文件夹监视不到。"),
            (Self::English, Trouble::Queue) => {
                "Your app restarts its watching without end: the event queue is too short.".to_owned()
            }
            (Self::Chinese, Trouble::Queue) => "事件队列太短，您的应用在不停地重新开始监视。".to_owned(),
            (Self::English, Trouble::Instances) => {
                format!("Streamlit cannot watch {missed} of your folders: the inotify instances have run out.")
            }
            (Self::Chinese, Trouble::Instances) => {
                format!("inotify 实例已用完，Streamlit 有 {missed} 个文件夹监视不到。")
            }
            (Self::English, Trouble::Settings) => "Streamlit ignores the whole settings file ".to_owned(),
            (Self::Chinese, Trouble::Settings) => "Streamlit 忽略了整个配置文件 ".to_owned(),
        }
    }
}
