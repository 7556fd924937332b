// Runs in every page that is measured: notes when «open» was pressed, when each picture stood on the screen, and the time code in it.
(() => {
  const cells = 16;
  const seen = [];
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  const sheet = (width, height) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    return canvas.getContext('2d', { willReadFrequently: true });
  };
  const code = sheet(cells * 10, 6);
  const stamp = sheet(420, 40);
  let stampBefore;
  let stampWidth = 0;

  /** Where the recording has the code: the lowest 24 of 360 lines (test/bench/live/time-code.ts). */
  function codeOf(source, width, height) {
    draw.call(code, source, 0, (height * 336) / 360, width, (height * 24) / 360, 0, 0, cells * 10, 6);
    const { data } = code.getImageData(0, 0, cells * 10, 6);
    const light = (cell) => {
      let sum = 0;
      for (let row = 2; row < 4; row++)
        for (let column = 4; column < 7; column++) sum += data[4 * (row * cells * 10 + cell * 10 + column) + 1];
      return sum / 6;
    };
    const [white, black] = [light(0), light(1)];
    if (white - black < 60) return -1;
    const bits = (from, to) => {
      let number = 0;
      for (let cell = from; cell < to; cell++) number = 2 * number + (light(cell) > (white + black) / 2 ? 1 : 0);
      return number;
    };
    const number = bits(2, 12);
    return ((number ^ (number >> 4) ^ (number >> 8) ^ 0b0110) & 15) === bits(12, 16) ? number : -1;
  }

  /** Whether the words that the unit has drawn into the upper left corner, the time to the second among them, are others than before. */
  function stampChanged(source, width, height) {
    draw.call(stamp, source, 0, 0, (width * 420) / 640, (height * 40) / 360, 0, 0, 420, 40);
    const { data } = stamp.getImageData(0, 0, 420, 40);
    const ink = Uint8Array.from({ length: 420 * 40 }, (_, at) => (data[4 * at + 1] > 150 ? 1 : 0));
    // A picture of another size has the same words in other pixels.
    const before = width === stampWidth ? stampBefore : undefined;
    [stampBefore, stampWidth] = [ink, width];
    if (!before) return false;
    let other = 0;
    for (let at = 0; at < ink.length; at++) if (ink[at] !== before[at]) other++;
    return other >= 12;
  }

  const bench = {
    seen,
    stamps: false,
    /** @param source what stands on the screen now */
    drawn(source, width, height, at = Date.now()) {
      const one = { what: 'drawn', at, code: codeOf(source, width, height) };
      if (bench.stamps) one.stampChanged = stampChanged(source, width, height);
      seen.push(one);
    },
    note: (what) => seen.push({ what, at: Date.now() }),
  };
  window.nattfridBench = bench;

  document.addEventListener(
    'click',
    (event) => {
      const pressed = event.target.closest?.(
        '[data-testid=open-due-look], [data-testid=open-look], [data-testid=open]',
      );
      // When it was pressed, and not when the page had time to hear of it.
      if (pressed) seen.push({ what: 'click', at: Date.now() - (performance.now() - event.timeStamp) });
    },
    true,
  );
  CanvasRenderingContext2D.prototype.drawImage = function (...given) {
    draw.apply(this, given);
    const { canvas } = this;
    if (canvas.dataset?.testid === 'picture') bench.drawn(canvas, canvas.width, canvas.height);
  };
  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (...given) {
    put.apply(this, given);
    const { canvas } = this;
    if (canvas.dataset?.testid === 'picture') bench.drawn(canvas, canvas.width, canvas.height);
  };
})();
