#!/usr/bin/env bash
# dependency-cruiser's rule `scope: 'folder', to: { circular: true }` does not see a circle between a folder and a folder inside it.
#
# Two folders side by side that import each other are reported; a folder whose file imports its sub-folder, while a file of the
# sub-folder imports another file of the folder, is not, although neither can be moved without the other. Whoever holds «folders
# do not circle» by this rule alone has circles between a folder and its parts.
# Prints the version and both answers; ends with 1 if either changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund dependency-cruiser@17.4.3 >/dev/null
mkdir -p beside/one beside/two nested/inner
echo "import '../two/c.js';" >beside/one/a.js
echo "export const b = 1;" >beside/one/b.js
echo "import '../one/b.js';" >beside/two/c.js
echo "import './inner/c.js';" >nested/a.js
echo "export const b = 1;" >nested/b.js
echo "import '../b.js';" >nested/inner/c.js
cat >rules.cjs <<'RULES'
module.exports = {
  forbidden: [{ name: 'no-folder-circle', severity: 'error', scope: 'folder', from: {}, to: { circular: true } }],
};
RULES
npx depcruise --version | sed 's/^/dependency-cruiser /'
answer() { npx depcruise --no-progress --config rules.cjs "$1" 2>&1 | grep -Eo 'no dependency violations found|[0-9]+ dependency violations' | head -n 1 || true; }
beside=$(answer beside)
nested=$(answer nested)
echo "two folders side by side: $beside"
echo "a folder and one inside it: $nested"
[ "$beside" = '2 dependency violations' ] || [ "$beside" = '1 dependency violations' ] || { echo 'CHANGED: side by side' >&2; exit 1; }
[ "$nested" = 'no dependency violations found' ] || { echo 'CHANGED: nested circles are reported now' >&2; exit 1; }
