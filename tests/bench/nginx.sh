# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# For the benches: nginx on loopback that serves $served/files, and medians of what was measured in
# $target. Sourced after $served and $target are set.

# Ports nobody has: nginx itself says when one is taken. Plain on $port, over TLS 1.3 on the next,
# with 20 MiB/s for each connection on the one after, where one in ten is slow on the third; the fourth
# takes files into $served/got. $served/cert.pem vouches for it.
start_nginx() {
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 \
        -addext subjectAltName=IP:127.0.0.1 -keyout "$served/key.pem" -out "$served/cert.pem" 2>/dev/null
    for _ in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 20000))
        cat >"$served/nginx.conf" <<CONF
daemon off;
worker_processes 2;
$( ((EUID == 0)) && echo "user root;")
pid $served/nginx.pid;
events { worker_connections 256; }
http {
    access_log off;
    client_body_temp_path $served/tmp;
    proxy_temp_path $served/tmp;
    fastcgi_temp_path $served/tmp;
    uwsgi_temp_path $served/tmp;
    scgi_temp_path $served/tmp;
    sendfile on;
    root $served/files;
    keepalive_requests 100000;
    server { listen 127.0.0.1:$port; }
    server {
        listen 127.0.0.1:$((port + 1)) ssl;
        ssl_certificate $served/cert.pem;
        ssl_certificate_key $served/key.pem;
        ssl_protocols TLSv1.3;
    }
    server { listen 127.0.0.1:$((port + 2)); limit_rate 20m; }
    map \$connection \$rate { ~5\$ 1m; default 20m; }
    server { listen 127.0.0.1:$((port + 3)); limit_rate \$rate; }
    server {
        listen 127.0.0.1:$((port + 4));
        root $served/got;
        dav_methods PUT;
        client_max_body_size 0;
    }
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

# start_relay NAME PORT WINDOW-BYTES: a line of 60 ms to nginx; NAME is set to its port.
start_relay() {
    local said=$target/relay-$1
    build/ci/bin/slow_relay "$2" 30 0 "$3" >"$said" &
    relay_pids+=($!)
    until [[ -s $said ]]; do sleep 0.05; done
    printf -v "$1" '%s' "$(cat "$said")"
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
