# What is made from the sources: compiled translations, the one style sheet.
# shellcheck shell=bash

# Directly with msgfmt: Django's compilemessages would also walk through the virtual environment.
compile_messages() {
  local po mo
  while IFS= read -r po; do
    mo=${po%.po}.mo
    [ -e "$mo" ] && [ ! "$mo" -ot "$po" ] && continue
    msgfmt --check-format -o "$mo.tmp" "$po" && mv "$mo.tmp" "$mo" || return 1
  done < <(find cms directory search -name '*.po')
}

build_translations() { run 'correct the .po file named above' compile_messages; }

build_assets() {
  build_translations
  run 'correct what the message above says' manage build_styles
}

# DSFR is served as the one sheet built above, and the reader of the API's description is Swagger UI.
collect_files() { manage collectstatic --noinput --ignore dsfr --ignore django-dsfr --ignore 'redoc*'; }
