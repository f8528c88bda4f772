//! Commands of a script that stand in a branch, a loop, a function or a subshell, as far as the words tell.

use super::shell::{Token, TokenKind};

/// Effects of a token on the nesting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    None,
    Open,
    Close,
    /// The next branch of the same block: `else`, `;;`, `pattern)`.
    Branch,
}

pub(super) struct Nesting {
    turns: Vec<Turn>,
    depths: Vec<usize>,
}

impl Nesting {
    /// `bytes` gives a token's text.
    pub(super) fn of<'a>(tokens: &[Token], bytes: impl Fn(usize) -> &'a [u8]) -> Self {
        let (mut turns, mut depths, mut open) = (Vec::new(), Vec::new(), Vec::new());
        let mut command_begins = true;
        for (index, token) in tokens.iter().enumerate() {
            depths.push(open.len());
            let text = bytes(index);
            let turn = match token.kind {
                TokenKind::Word if command_begins => keyword(text),
                TokenKind::Operator if text == b"(" => Turn::Open,
                TokenKind::Operator if text == b")" && open.last() == Some(&true) => Turn::Close,
                TokenKind::Operator if text == b")" || text == b";;" => Turn::Branch,
                TokenKind::Word | TokenKind::Redirection | TokenKind::Operator | TokenKind::Newline => Turn::None,
            };
            match turn {
                Turn::Open => open.push(text == b"("),
                Turn::Close => drop(open.pop()),
                Turn::Branch | Turn::None => {}
            }
            command_begins = token.kind != TokenKind::Word || (command_begins && leads_on(text));
            turns.push(turn);
        }
        Self { turns, depths }
    }

    /// The token stands in no block.
    pub(super) fn is_outside(&self, token: usize) -> bool {
        self.depths[token] == 0
    }

    /// Tells whether whoever comes to token `to` has come by token `from`.
    pub(super) fn leads(&self, from: usize, to: usize) -> bool {
        let depth = self.depths[from];
        (from..=to).all(|token| {
            self.depths[token] >= depth && !(self.turns[token] == Turn::Branch && self.depths[token] == depth)
        })
    }

    /// Tells whether another branch begins between the two.
    pub(super) fn has_branch(&self, from: usize, to: usize) -> bool {
        self.turns[from..=to].contains(&Turn::Branch)
    }
}

fn keyword(word: &[u8]) -> Turn {
    match word {
        b"if" | b"for" | b"while" | b"until" | b"case" | b"select" | b"{" => Turn::Open,
        b"fi" | b"done" | b"esac" | b"}" => Turn::Close,
        b"else" | b"elif" => Turn::Branch,
        _ => Turn::None,
    }
}

/// Tells whether a command begins after the word, too.
fn leads_on(word: &[u8]) -> bool {
    matches!(word, b"if" | b"while" | b"until" | b"then" | b"do" | b"else" | b"elif" | b"{" | b"!" | b"time")
}
