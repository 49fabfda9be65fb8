#!/usr/bin/env bash
# From a client's complaint to an approved reply, in the desk, by keys alone: paste, read, fill the gaps, settle, approve.
#
#   make demo, once, then: docs/tour.sh [en|zh]        (needs tmux; leaves nothing behind)
#
# Each screen is printed as it stands in the terminal; docs/tour.md holds what it printed. The editor of this tour is a
# small script that fills the gaps the draft marks; a person would write those sentences.
set -euo pipefail
language=${1:-en}
root=$(cd "$(dirname "$0")/.." && pwd)
sincerely=${SINCERELY:-$root/.venv/bin/sincerely}
python=${PYTHON:-$root/.venv/bin/python}
place=$(mktemp -d)
socket="$place/tmux"
finish() {
  tmux -S "$socket" kill-server 2>/dev/null || true
  rm -rf "$place"
}
trap finish EXIT

screen() { tmux -S "$socket" capture-pane -p -t desk; }
show() { printf '\n%s\n\n```text\n' "$1"; screen | sed 's/[[:space:]]*$//' | cat -s; printf '```\n'; }
press() { for key in "$@"; do tmux -S "$socket" send-keys -t desk "$key"; sleep 0.4; done; }
wait_for() { # words, seconds
  for _ in $(seq $(($2 * 5))); do
    if screen | grep -qF -- "$1"; then return 0; fi
    sleep 0.2
  done
  echo "The desk never showed: $1" >&2
  screen >&2
  exit 1
}

if [ "$language" = zh ]; then
  words=(待办 收回 已导出 "待审阅 ·")
  mail='发件人：顾敏 <gumin@lanting.example>
发送时间：2026年5月28日 09:10
主题：标签打印

沈经理：

昨天现场又试了标签打印，还是错位，晚班根本没法用，我非常不满。这个什么时候能改好？

顾敏'
  answers='answers = ["这件事由我本人负责，您可以随时给我打电话。", "标签模板要重新对位，目前还没有全部完成。", "今后每次调整后，先在现场试打再交付。"]; rest = "这一点还在确认。"'
  captions=("一、待办：今天该发的通报在最上面" "二、粘贴客户来信（g，然后 2）：读出性质与逐条诉求" "三、ctrl+s：逐条回应的回复，旁边是来源" "四、E：在自己的编辑器里补上缺口；其余句子保留来源" "五、逐条处理警告（n、w 和理由编号）" "六、a：最后确认，原样显示将发出的内容" "七、y：批准，十秒内可以收回" "八、发件箱（g，然后 5）：已导出；是否发出由人说了算")
else
  words=("What waits for you" "takes it back" exported "to review ·")
  mail='From: Helen Aldous <h.aldous@ravensmoor.example>
Date: 19 March 2026
Subject: Prices at the counter

Orla,

Brackley Homes still sees the wrong prices. When will this be right? I am not happy.

Helen'
  answers='answers = ["I look after this myself and you can call me any time.", "The price file has to be mapped anew, and that is not finished for every account.", "Prices will be compared with your list before each delivery."]; rest = "This is still open."'
  captions=("1. The queue: updates that are owed today stand on top" "2. A client's mail is pasted (g, then 2): what it is, and what it asks point by point" "3. ctrl+s: a reply that takes up every point, its sources beside it" "4. E: the gaps are filled in one's own editor; the other sentences keep their sources" "5. Warnings are settled one by one (n, w and the number of a reason)" "6. a: the last look, exactly what goes out" "7. y: approved; for ten seconds it can be taken back" "8. The outbox (g, then 5): exported; whether it was sent, a person says")
fi

"$sincerely" init --sample "$place/workspace" >/dev/null 2>&1
cd "$place/workspace"
"$sincerely" index >/dev/null 2>&1
cat > "$place/editor" <<E2
#!$python
import re, sys
$answers
path, left = sys.argv[1], iter(answers)
text = open(path, encoding="utf-8").read()
text = re.sub(r"\[…[^\]]*\]", lambda gap: next(left, rest), text)
open(path, "w", encoding="utf-8").write(text)
E2
chmod +x "$place/editor"
tmux -S "$socket" -f /dev/null new-session -d -s desk -x 110 -y 34 \
  -e LANG=C.UTF-8 -e EDITOR="$place/editor" -e VISUAL="$place/editor" -e SINCERELY_LANGUAGE="$language" \
  "$sincerely" desk

wait_for "${words[0]}" 60
wait_for " 2026-0" 60
show "${captions[0]}"

press g
sleep 1
press 2
sleep 2
printf '%s' "$mail" | tmux -S "$socket" load-buffer -
tmux -S "$socket" paste-buffer -p -t desk
wait_for "1. " 60
sleep 1
show "${captions[1]}"

press C-s
wait_for "${words[3]}" 120
sleep 2
press n
sleep 1
show "${captions[2]}"

press E
for _ in $(seq 150); do if ! screen | grep -qE '\[(block|阻止)\]'; then break; fi; sleep 0.4; done
sleep 1
show "${captions[3]}"

for _ in $(seq 20); do
  if ! screen | grep -qE '\[(warn|警告)\]|［(阻止|警告)］'; then break; fi
  press n w 1
  sleep 1.2
done
show "${captions[4]}"

press a
sleep 3
show "${captions[5]}"
press y
wait_for "${words[1]}" 60
show "${captions[6]}"

for _ in $(seq 150); do
  if compgen -G "$place/workspace/outbox/*.eml" >/dev/null; then break; fi
  sleep 0.2
done
sleep 1
press g
sleep 1
press 5
wait_for "${words[2]}" 60
sleep 1
show "${captions[7]}"
