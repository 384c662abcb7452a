#!/bin/sh
# Lays a machine out as the bash and Python program of the same name leaves it, its queue lying in /test/predecessor.db.
set -eu
mkdir -p /opt/ohhhllama/scripts /opt/ohhhllama/huggingface /var/lib/ohhhllama
echo '# the old proxy' >/opt/ohhhllama/proxy.py
echo '# the old script' >/opt/ohhhllama/scripts/process-queue.sh
cp /test/predecessor.db /var/lib/ohhhllama/queue.db
cat >/opt/ohhhllama/ohhhllama.conf <<'END'
# Ollama backend URL (the actual Ollama instance)
OLLAMA_BACKEND=http://127.0.0.1:11435
LISTEN_PORT=11434
DB_PATH=/var/lib/ohhhllama/queue.db
RATE_LIMIT=7
CLEANUP_DAYS=30
DISK_PATH=/data/ollama
DISK_THRESHOLD=90
OLLAMA_CONTAINER=ollama
END
cat >/etc/systemd/system/ollama-proxy.service <<'END'
[Service]
ExecStart=/usr/bin/sleep 100000 /opt/ohhhllama/proxy.py
[Install]
WantedBy=multi-user.target
END
cat >/etc/systemd/system/ollama-queue.service <<'END'
[Service]
Type=oneshot
ExecStart=/opt/ohhhllama/scripts/process-queue.sh
END
cat >/etc/systemd/system/ollama-queue.timer <<'END'
[Timer]
OnCalendar=*-*-* 22:00:00
[Install]
WantedBy=timers.target
END
echo '#!/bin/sh' >/usr/local/bin/ohhhllama
systemctl daemon-reload
systemctl enable -q --now ollama-proxy.service ollama-queue.timer
{
    echo '15 4 * * * /usr/bin/true'
    echo '0 3 * * * /opt/ohhhllama/scripts/process-queue.sh >> /var/log/ohhhllama-queue.log 2>&1'
} | crontab -
