// Run in each page before anything is measured.
// window.paint(act, drawn): calls act at the beginning of a frame; window.outcome is then the milliseconds until the page
// has painted a frame in which drawn() holds.
// window.frames(act, count): calls act(place) in each of so many frames; window.outcome is then the gaps between them.
window.paint = (act, drawn) => {
  window.outcome = null;
  requestAnimationFrame(() => {
    const begun = performance.now();
    const after = new MessageChannel();
    after.port1.onmessage = () => {
      if (drawn()) window.outcome = performance.now() - begun;
      else requestAnimationFrame(() => after.port2.postMessage(0));
    };
    act();
    after.port2.postMessage(0);
  });
};
window.frames = (act, count) => {
  window.outcome = null;
  const gaps = [];
  let last;
  const frame = now => {
    if (last !== undefined) gaps.push(now - last);
    last = now;
    if (gaps.length === count) {
      window.outcome = gaps;
    } else {
      act(gaps.length);
      requestAnimationFrame(frame);
    }
  };
  requestAnimationFrame(frame);
};
