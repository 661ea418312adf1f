const CELLS = 40;
const STATES = ['CONNECTING', 'OPEN', 'CLOSED'];

/** Counts what one way of reconnecting received, and shows it. `url` is the way's stream. */
export function card(name) {
  const url = `/counter/${name}`;
  const element = document.querySelector(`[data-card="${name}"]`);
  const shown = (stat) => element.querySelector(`[data-stat="${stat}"]`);
  const strip = element.querySelector('.strip');
  const cells = Array.from({ length: CELLS }, () => strip.appendChild(document.createElement('i')));

  const seen = new Set();
  let first = 0;
  let latest = 0;
  let received = 0;
  let opens = 0;
  let state = 0;
  let due = false;

  const render = () => {
    due = false;
    // Ids are consecutive, so whatever is not there between the first and the latest was missed.
    const expected = seen.size === 0 ? 0 : latest - first + 1;
    const missed = expected - seen.size;
    const numbers = { received, missed, repeated: received - seen.size, reconnects: Math.max(0, opens - 1) };
    for (const [stat, number] of Object.entries(numbers)) shown(stat).textContent = number.toLocaleString('en');
    shown('state').textContent = STATES[state];
    element.dataset.state = STATES[state].toLowerCase();
    element.classList.toggle('lossy', missed > 0);
    const start = Math.max(first, latest - CELLS + 1);
    if (expected > 0) {
      shown('from').textContent = `id ${start}`;
      shown('to').textContent = `id ${latest}`;
    }
    for (const [index, cell] of cells.entries()) {
      const id = start + index;
      cell.className = expected === 0 || id > latest ? '' : seen.has(id) ? 'received' : 'missed';
    }
  };

  // A replay brings many events at once: one picture of them is enough.
  const changed = () => {
    if (due) return;
    due = true;
    setTimeout(render, 40);
  };

  element.querySelector('button').addEventListener('click', () => {
    fetch(`/lab/kick?${new URLSearchParams({ path: url, how: 'reset' })}`, { method: 'POST' }).catch(() => {
      // The lab is gone. The card shows it: its stream is, too.
    });
  });

  return {
    url,
    received(id) {
      const number = Number(id);
      if (seen.size === 0) first = number;
      received += 1;
      seen.add(number);
      latest = Math.max(latest, number);
      changed();
    },
    opened() {
      opens += 1;
      changed();
    },
    readyState(value) {
      state = value;
      changed();
    },
  };
}
