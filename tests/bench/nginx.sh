# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# For the benches: nginx on loopback that serves $served/files, and medians of what was measured in
# $target. Sourced after $served and $target are set.

# A port nobody has: nginx itself says when it is taken.
start_nginx() {
    for _ in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 20000))
        cat >"$served/nginx.conf" <<CONF
daemon off;
worker_processes 1;
$( ((EUID == 0)) && echo "user root;")
pid $served/nginx.pid;
events { worker_connections 64; }
http {
    access_log off;
    client_body_temp_path $served/tmp;
    proxy_temp_path $served/tmp;
    fastcgi_temp_path $served/tmp;
    uwsgi_temp_path $served/tmp;
    scgi_temp_path $served/tmp;
    sendfile on;
    server { listen 127.0.0.1:$port; root $served/files; }
}
CONF
        /usr/sbin/nginx -p "$served" -c "$served/nginx.conf" -e "$served/error.log" &
        nginx_pid=$!
        if curl -sf --retry 20 --retry-connrefused --retry-delay 1 -o /dev/null -I \
            "http://127.0.0.1:$port/file" && kill -0 "$nginx_pid" 2>/dev/null; then
            return
        fi
    done
    fail "nginx does not start: $(cat "$served/error.log")"
}

# The median of a column of the results of NAME.
median() {
    awk -v c="$2" '{print $c}' "$target/$1.results" | sort -n |
        awk '{v[NR] = $1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'
}

# The median of the wall of the first over that of the second in the same round.
ratio() {
    paste "$target/$1.results" "$target/$2.results" | awk '{print $1 / $3}' | sort -n |
        awk '{v[NR] = $1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'
}
