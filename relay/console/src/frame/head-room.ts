/** How much the head says: where there is no room for all of it, it goes without the least first, until it stands on one line. */

/**
 * What the head goes without, the least first. Whose session it is comes before what time it is, and the given name stays always; that the link is up
 * goes late, and that it is not stays. The search goes last: its key works all the same, and the menu leads everywhere.
 */
const least = 'brand link air long-hint signs lock clock rest-of-name link-sign search'.split(' ');

/**
 * Keeps the head on one line: how long its words are hangs on the language, the role, the name, and the letters that a reader has chosen, and no
 * width of a screen tells that. Where nothing is left to go without, it takes a second line.
 * @returns ends it
 */
export function keepInRoom(head: HTMLElement): () => void {
  let asked = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => fit(head));
  });
  fit(head);
  for (const one of [head, ...head.children]) observer.observe(one);
  return () => {
    cancelAnimationFrame(asked);
    observer.disconnect();
  };
}

function fit(head: HTMLElement): void {
  const without: string[] = [];
  for (const next of [...least, 'one-line']) {
    head.dataset['without'] = without.join(' ');
    if (head.scrollWidth <= head.clientWidth) return;
    without.push(next);
  }
  head.dataset['without'] = without.join(' ');
}
