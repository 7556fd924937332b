/** What is asked of a page from within: put into it before its own scripts run, as `nattfridScreen`. */
(() => {
  const operable =
    'a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable=true], audio[controls], video[controls]';
  const live = '[role=alert], [role=status], [role=log], [aria-live=polite], [aria-live=assertive], output';

  const styleOf = (one) => getComputedStyle(one);
  const boxOf = (one) => one.getBoundingClientRect();
  /** Its first words, its place and what it is: enough to find it. */
  const nameOf = (one) => {
    const id = one.getAttribute?.('data-testid') ?? one.closest?.('[data-testid]')?.getAttribute('data-testid');
    const words = (one.getAttribute?.('aria-label') ?? one.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 50);
    return `${one.tagName.toLowerCase()}${id ? `[${id}]` : ''} «${words}»`;
  };
  /** Is drawn at all. What screen readers alone are told has one pixel and counts as not drawn. */
  const isDrawn = (one) => {
    const { width, height } = boxOf(one);
    return width > 1 && height > 1 && one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const isOff = (one) => one.disabled || one.closest('[inert], fieldset:disabled') !== null;
  /** A control that is itself not drawn is seen as its label. */
  const faceOf = (one) => {
    if (isDrawn(one)) return one;
    const label = one.labels?.[0] ?? one.closest('label');
    return label && isDrawn(label) ? label : undefined;
  };
  const controls = () =>
    [...document.querySelectorAll(operable)].filter((one) => !isOff(one) && one.tabIndex >= 0 && faceOf(one));

  /** What a reader meets: text, and what stands for text; with the language that the element itself says it is in. */
  function texts() {
    const found = [];
    const put = (text, one, where) => {
      const words = text?.trim().replace(/\s+/g, ' ');
      if (words) found.push({ words, where, at: nameOf(one), lang: one.closest('[lang]')?.lang ?? '' });
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const one = node.parentElement;
      if (!one || one.closest('script, style, [translate=no], code, kbd, samp')) continue;
      if (one.checkVisibility({ visibilityProperty: true })) put(node.nodeValue, one, 'text');
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-roledescription'])
      for (const one of document.querySelectorAll(`[${name}]`))
        if (one.checkVisibility() && !one.closest('[translate=no]')) put(one.getAttribute(name), one, name);
    put(document.title, document.documentElement, 'title of the page');
    return found;
  }

  /** Words that stand to the right of the box that holds them; a figure that hangs on its corner does not count. */
  function sticksOut(box) {
    const edge = boxOf(box).right + 1;
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.nodeValue.trim() || !isDrawn(node.parentElement)) continue;
      if (styleOf(node.parentElement).position === 'absolute') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      if ([...range.getClientRects()].some(({ right }) => right > edge)) return true;
    }
    return false;
  }

  /** Words that are cut off, or stand out of the button that holds them. */
  function cut() {
    const faults = [];
    for (const one of document.querySelectorAll('body *')) {
      if (!isDrawn(one) || one.closest('svg, canvas')) continue;
      const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim());
      const button = one.matches('button, a, summary, label');
      if (!own && !button) continue;
      const { overflowX, overflowY } = styleOf(one);
      const clips = [overflowX, overflowY].some((how) => how === 'hidden' || how === 'clip');
      const wide = clips ? one.scrollWidth > one.clientWidth + 2 : sticksOut(one);
      const high = one.scrollHeight > one.clientHeight + 4;
      if (styleOf(one).display === 'inline') continue;
      if ((clips && (wide || high)) || (button && wide && overflowX !== 'auto')) faults.push(nameOf(one));
    }
    return faults;
  }

  /** Presses that only a pointer can make: a handler on what is no control. */
  function pointerOnly() {
    return [...document.querySelectorAll('body *')]
      .filter((one) => {
        const props = one[Object.keys(one).find((key) => key.startsWith('__reactProps$'))];
        if (!props?.onClick || one.matches(`${operable}, label, option, dialog`) || !isDrawn(one)) return false;
        return !one.closest('a[href], button, summary, label') && !one.querySelector(operable);
      })
      .map(nameOf);
  }

  /** Radio buttons of one name that stand in several groups: one choice for the browser, several for the reader. */
  function sharedNames() {
    const groups = Map.groupBy(document.querySelectorAll('input[type=radio][name]'), (one) => one.name);
    return [...groups]
      .filter(([, all]) => new Set(all.map((one) => one.closest('fieldset, [role=radiogroup]'))).size > 1)
      .map(([name]) => name);
  }

  const liveWords = () => [...document.querySelectorAll(live)].map((one) => [nameOf(one), one.textContent]);

  /** Lies in something that scrolls or cuts off by itself: the page grows no wider by it. */
  function isHeld(one) {
    for (let box = one.parentElement; box && box !== document.body; box = box.parentElement)
      if (styleOf(box).overflowX !== 'visible') return true;
    return false;
  }

  function facts() {
    const wide = document.scrollingElement.scrollWidth;
    const room = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll('body *')].filter(
      (one) => isDrawn(one) && boxOf(one).right > room + 1 && !one.closest('[data-scrolls], svg') && !isHeld(one),
    );
    return {
      title: document.title,
      lang: document.documentElement.lang,
      headings: [...document.querySelectorAll('h1')]
        .filter((one) => one.checkVisibility())
        .map((one) => one.textContent),
      tooWide: wide > room ? { wide, room, by: out.slice(0, 3).map(nameOf) } : null,
      cut: cut(),
      pointerOnly: pointerOnly(),
      sharedNames: sharedNames(),
      announces: document.querySelectorAll(live).length > 0,
      ahead: controls()
        .filter((one) => one.tabIndex > 0)
        .map(nameOf),
      moving: document
        .getAnimations()
        .filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().duration > 300)
        .map((one) => nameOf(one.effect.target)),
    };
  }

  /** All that lies folded on the page is unfolded. @returns how many were */
  function unfold() {
    const folded = [...document.querySelectorAll('main details:not([open]), main [aria-expanded=false]')].filter(
      isDrawn,
    );
    for (const one of folded) {
      if (one.matches('details')) one.open = true;
      else one.click();
    }
    return folded.length;
  }

  /** Sheets put over the page's own: spacing of WCAG 1.4.12. */
  const spaced = new CSSStyleSheet();
  spaced.replaceSync(
    '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
  );
  function spacing(on) {
    document.adoptedStyleSheets = on ? [spaced] : [];
  }
  const looks = [
    'outlineStyle',
    'outlineWidth',
    'boxShadow',
    'borderTopColor',
    'backgroundColor',
    'textDecorationLine',
    'transform',
  ];
  /** How it and what stands for it look now. */
  const look = (one) =>
    [one, ...(one.labels ?? []), one.parentElement, one.nextElementSibling, faceOf(one)]
      .filter(Boolean)
      .map((each) => {
        const style = styleOf(each);
        return looks
          .map((name) => (name === 'outlineWidth' && style.outlineStyle === 'none' ? '' : style[name]))
          .join();
      })
      .join(';');

  let stops = [];
  let before = [];
  /** Before the first Tab. @returns what there is to be reached */
  function beginTabs() {
    // The heading has the focus when a page is opened: here one begins before everything.
    const dialog = [...document.querySelectorAll('[role=dialog]')].find(isDrawn);
    const root = dialog ?? document.body;
    const was = root.getAttribute('tabindex');
    root.tabIndex = -1;
    root.focus();
    if (was === null) root.removeAttribute('tabindex');
    window.scrollTo(0, 0);
    // What lies open keeps the focus within itself.
    stops = controls().filter((one) => root.contains(one));
    before = stops.map(look);
    return stops.map((one) => ({
      name: nameOf(one),
      group: one.type === 'radio' ? `${one.name || nameOf(one.closest('fieldset, [role=radiogroup]') ?? one)}` : null,
    }));
  }

  /** Where the focus is: which of them, whether it is seen there, and whether anything lies over it. */
  function focused() {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const at = stops.indexOf(one);
    const face = faceOf(one);
    if (!face) return { at, name: nameOf(one), seen: false, covered: false, drawn: false };
    const { left, top, right, bottom } = boxOf(face);
    const points = [
      [(left + right) / 2, (top + bottom) / 2],
      [left + 3, top + 3],
      [right - 3, top + 3],
      [left + 3, bottom - 3],
      [right - 3, bottom - 3],
    ].filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
    const isFree = ([x, y]) => {
      const there = document.elementFromPoint(x, y);
      return (
        there !== null &&
        (face.contains(there) || there.contains(face) || one.contains(there) || there.closest('label')?.control === one)
      );
    };
    // A line that breaks has corners that are not its own.
    const rows = [...face.getClientRects()].map((row) => [(row.left + row.right) / 2, (row.top + row.bottom) / 2]);
    const free = [...points, ...rows].some(isFree);
    return { at, name: nameOf(one), seen: at < 0 || look(one) !== before[at], covered: !free, drawn: true };
  }

  /** What the page is built of, without its words: several of a kind in a row are one. Two screens of one build differ in what they say alone. */
  function build(one = document.querySelector('main') ?? document.body) {
    const own = [one.tagName, one.className?.baseVal ?? one.className ?? '', one.getAttribute('data-testid') ?? ''];
    const state = ['type', 'role', 'data-tone', 'data-hint'].map((name) => one.getAttribute(name) ?? '');
    const off = one.disabled ? 'off' : '';
    if (one.tagName === 'svg') return own[0];
    const inner = [];
    for (const child of one.children) {
      const built = build(child);
      if (!inner.includes(built)) inner.push(built);
    }
    return `${[...own, ...state, off].join(' ')}(${inner.join(',')})`.replace(/mantine-[a-z0-9]{6,}/g, '');
  }

  window.nattfridScreen = { build, facts, texts, unfold, spacing, beginTabs, focused, liveWords };
})();
