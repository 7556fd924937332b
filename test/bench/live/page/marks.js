// Runs in every page of the console that is measured: when it asks for a look and is answered, and what its picture workers are told and tell.
(() => {
  const marks = [];
  const note = (what) => marks.push({ what, at: performance.timeOrigin + performance.now() });
  const ask = window.fetch;
  window.fetch = async (...given) => {
    const isLook = String(given[0]).endsWith('/api/looks/open') && given[1]?.method === 'POST';
    if (isLook) note('asks');
    const answer = await ask(...given);
    if (isLook) note('answered');
    return answer;
  };
  const Plain = window.Worker;
  window.Worker = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        if (data?.type === 'opened') note('opened');
        if (data?.type === 'picture') note('decoded');
      });
    }
    postMessage(word, ...more) {
      if (word?.type === 'watch') note('watch');
      super.postMessage(word, ...more);
    }
  };
  window.nattfridMarks = marks;

  /** Milliseconds in which each key picture (base64) is decoded by itself, by a decoder that is open. */
  window.nattfridDecodeEach = async ([codec, coded]) => {
    const times = [];
    for (const one of coded) {
      let came = () => {};
      const output = (frame) => {
        frame.close();
        came();
      };
      const decoder = new VideoDecoder({ output, error: () => came() });
      decoder.configure({ codec, optimizeForLatency: true });
      const data = Uint8Array.from(atob(one), (char) => char.charCodeAt(0));
      const done = new Promise((resolve) => {
        came = resolve;
      });
      const from = performance.now();
      decoder.decode(new EncodedVideoChunk({ type: 'key', timestamp: 0, data }));
      await done;
      times.push(performance.now() - from);
      decoder.close();
    }
    return times;
  };
})();
