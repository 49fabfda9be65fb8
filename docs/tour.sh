#!/usr/bin/env bash
# From a client's complaint to an approved reply: posted over HTTP, reviewed in the desk by keys alone, found as .eml.
#
#   make demo, once, then: docs/tour.sh        (needs tmux and curl; leaves nothing behind)
#
# The editor of this tour is a small script that fills the gaps the draft marks; a person would write those sentences.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
sincerely=${SINCERELY:-$root/.venv/bin/sincerely}
python=${PYTHON:-$root/.venv/bin/python}
place=$(mktemp -d)
socket="$place/tmux"
server=""
finish() {
  tmux -S "$socket" kill-server 2>/dev/null || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$place"
}
trap finish EXIT

say() { printf '\n=== %s\n\n' "$1"; }
screen() { tmux -S "$socket" capture-pane -p -t desk; }
press() { for key in "$@"; do tmux -S "$socket" send-keys -t desk "$key"; sleep 0.3; done; }
wait_for() { # words, seconds
  for _ in $(seq $(($2 * 5))); do
    if screen | grep -qF -- "$1"; then return 0; fi
    sleep 0.2
  done
  echo "The desk never showed: $1" >&2
  screen >&2
  exit 1
}

say "A workspace with two invented projects"
"$sincerely" init --sample "$place/workspace"
cd "$place/workspace"
"$sincerely" index

say "A complaint arrives over HTTP"
SINCERELY_API_KEY=$("$python" -c 'import secrets; print(secrets.token_urlsafe(24))')
export SINCERELY_API_KEY
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$sincerely" serve --port "$port" &
server=$!
for _ in $(seq 150); do
  if curl -fs "http://127.0.0.1:$port/health" >/dev/null; then break; fi
  sleep 0.2
done
curl -fsS "http://127.0.0.1:$port/projects/trade-portal/inbound" \
  -H "Authorization: Bearer $SINCERELY_API_KEY" -H 'Content-Type: application/json' -d '{
    "from_name": "Helen Aldous", "from_email": "h.aldous@ravensmoor.example",
    "subject": "Prices at the counter", "message_id": "<tour-1@mail.ravensmoor.example>",
    "body": "Orla,\n\nBrackley Homes still sees the wrong prices. When will this be right?\n\nHelen"
  }' | "$python" -c 'import json, sys; a = json.load(sys.stdin); print(a["inbound"]["triage"], a["draft"]["id"], sep="\n")'

say "The suggested reply is in the desk's queue"
cat > "$place/editor" <<E2
#!$python
import re, sys
path = sys.argv[1]
answers = iter([
    "I look after this myself and you can call me any time.",
    "The price file has to be mapped anew, and that is not finished for every account.",
    "Prices will be compared with your list before each delivery.",
])
text = open(path, encoding="utf-8").read()
text = re.sub(r"\[…[^\]]*\]", lambda gap: next(answers, "This is still open."), text)
open(path, "w", encoding="utf-8").write(text)
E2
chmod +x "$place/editor"
tmux -S "$socket" -f /dev/null new-session -d -s desk -x 130 -y 40 \
  -e LANG=C.UTF-8 -e EDITOR="$place/editor" -e VISUAL="$place/editor" -e SINCERELY_LANGUAGE="${TOUR_LANGUAGE:-en}" \
  "$sincerely" desk
wait_for "Prices at the counter" 30
screen
press Enter
wait_for "[E1]" 30
say "The reply, with its sources and findings"
screen

say "Edited in \$EDITOR: the gaps are filled, the other sentences keep their sources"
press E
wait_for " 2 " 30
sleep 1
screen

say "Each warning is looked at and settled with a listed reason"
for _ in $(seq 20); do
  if ! screen | grep -qE '\[warn\]|\[提醒\]'; then break; fi
  press n w 1
  sleep 0.7
done
screen

say "The confirmation shows exactly what goes out"
press a
sleep 2
screen
press y

say "After the ten seconds of undo it is exported; nobody has sent it yet"
for _ in $(seq 150); do
  if compgen -G "$place/workspace/outbox/*.eml" >/dev/null; then break; fi
  sleep 0.2
done
screen
"$sincerely" outbox
say "The message"
cat "$place"/workspace/outbox/*.eml
