// The same as `own` in page.html, of this program's page.
const hand = () => document.querySelector("#latency .chart-hand");
const key = name => hand().dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
const wheel = turned => {
  const box = hand().getBoundingClientRect();
  // The middle of the ground, not of the drawing.
  const clientX = box.left + box.width * (62 + 888 / 2) / 960;
  hand().dispatchEvent(new WheelEvent("wheel", { bubbles: true, cancelable: true, clientX, clientY: box.top + 9, ...turned }));
};
const choose = place => {
  const list = document.querySelector("[data-charts=latency] select");
  list.value = place;
  list.dispatchEvent(new Event("change", { bubbles: true }));
};
const drawn = () => document.querySelector("#latency .chart-wide path.shape-mean")?.getAttribute("d").length > 10;
window.own = {
  few: () => paint(() => choose("0"), drawn),
  year: () => paint(() => choose("1"), () => drawn() && document.querySelector("#latency .chart-title").textContent.startsWith("year")),
  half: () => { own.all(); key("+"); },
  all: () => { for (let press = 0; press < 20; press += 1) key("-"); },
  pan: (place, count) => wheel({ deltaX: (place < count / 2 ? 1 : -1) * hand().clientWidth * 888 / 960 / 80 }),
  zoom: (place, count) => wheel({ deltaY: (place < count / 2 ? -1 : 1) * 20, ctrlKey: true }),
  told: () => {
    const rows = [...document.querySelectorAll("#latency tbody tr")].map(row => [...row.children].map(cell => Number(cell.textContent)));
    // The table follows when the chart has come to rest.
    if (rows.length === 0) return null;
    const of = column => rows.map(row => row[column]);
    return { samples: of(1).reduce((a, b) => a + b), least: Math.min(...of(2)), most: Math.max(...of(5)) };
  },
  plot: () => {
    const unit = hand().clientWidth / 960;
    return [62, 24, 888, 200].map(own => own * unit);
  },
};
