/** Pure. Parses the output of strace: the files that were opened for writing, made or renamed. */

/** @param text lines of `strace -f -o`; calls that failed are left out @returns paths, and memory files as «memfd:NAME» */
export function readTrace(text: string): readonly string[] {
  return whole(text)
    .filter((line) => !/= -1 /.test(line))
    .flatMap((line) => {
      const call = /^\d+\s+(\w+)\((.*)\)\s+= /.exec(line);
      if (!call) return [];
      const [, name = '', given = ''] = call;
      const paths = [...given.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '');
      if (name === 'open' || name === 'openat')
        return /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/.test(given) ? paths.slice(0, 1) : [];
      if (name === 'memfd_create') return paths.map((path) => `memfd:${path}`);
      return paths;
    });
}

/** Joins the two lines of a call that another thread interrupted. */
function whole(text: string): readonly string[] {
  const begun = new Map<string, string>();
  return text.split('\n').flatMap((line) => {
    const id = /^\d+/.exec(line)?.[0] ?? '';
    if (line.endsWith('<unfinished ...>')) {
      begun.set(id, line.slice(0, -'<unfinished ...>'.length));
      return [];
    }
    const resumed = /<\.\.\. \w+ resumed>(.*)$/.exec(line);
    if (!resumed) return [line];
    const first = begun.get(id) ?? '';
    begun.delete(id);
    return [first + (resumed[1] ?? '')];
  });
}
