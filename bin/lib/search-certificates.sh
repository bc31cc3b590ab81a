# Run by compose.yaml in the image of Elasticsearch: search-certificates NODE...
# Makes, once, an authority in /certificates/ca and a certificate for each node, for its name and for localhost;
# copies the authority's certificate, and nothing else, to /authority/ca for the site.
# shellcheck shell=bash
set -euo pipefail
umask 027
FOLDER=/certificates CERTUTIL=/usr/share/elasticsearch/bin/elasticsearch-certutil

make_authority() {
  [ ! -s "$FOLDER/ca/ca.key" ] || return 0
  rm -rf "$FOLDER/ca" "$FOLDER/ca.zip"
  "$CERTUTIL" ca --silent --pem --days 3650 --out "$FOLDER/ca.zip"
  unzip -qo "$FOLDER/ca.zip" -d "$FOLDER"
  rm "$FOLDER/ca.zip"
}

make_certificate() {
  [ ! -s "$FOLDER/$1/$1.key" ] || return 0
  rm -rf "${FOLDER:?}/$1" "$FOLDER/$1.zip"
  "$CERTUTIL" cert --silent --pem --days 3650 --name "$1" --dns "$1" --dns localhost --ip 127.0.0.1 \
    --ca-cert "$FOLDER/ca/ca.crt" --ca-key "$FOLDER/ca/ca.key" --out "$FOLDER/$1.zip"
  unzip -qo "$FOLDER/$1.zip" -d "$FOLDER"
  rm "$FOLDER/$1.zip"
}

make_authority
for node in "$@"; do make_certificate "$node"; done
# The nodes run as user 1000, group 0; the authority's key is for nobody but this script.
chown -R root:0 "$FOLDER"
find "$FOLDER" -type d -exec chmod 750 {} +
find "$FOLDER" -type f -exec chmod 640 {} +
chmod 600 "$FOLDER/ca/ca.key"
mkdir -p /authority/ca
cp "$FOLDER/ca/ca.crt" /authority/ca/ca.crt
chmod -R a+rX /authority
