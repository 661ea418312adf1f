import type { Evidence } from '../model/evidence.ts';
import type { MarkPlace } from '../model/lane-marks.ts';
import { KINDS, markIndex } from '../model/mark-index.ts';
import type { Source } from '../model/source.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { glideTo } from './glide.ts';
import type { Store } from './store.ts';
import { showInTable } from './timeline-keys.ts';

/** Selects what shows something, and brings it into sight on the timeline and in its table. */
export function showEvidence(store: Store, evidence: Evidence): void {
  const { session, lanes, selection, navigation, filterText, listing, panes } = store;
  const source = session.log.sources.find(({ key }) => key === evidence.source);
  if (!source) return;
  if (!lanes.value.includes(source)) filterText.value = '';
  const time = 'from' in evidence ? evidence.from : evidence.time;
  const { chosen } = navigation;
  if (chosen.value && (time < chosen.value.from || time > chosen.value.to)) navigation.unchoose();
  const event = evidence.type === 'event' && source.events.find(({ seq }) => seq === evidence.seq);
  if (event) {
    // A filter, or another order, would hide where in the stream it stands.
    filterText.value = '';
    listing.sort.value = undefined;
    selection.selectEvent(event, source.key);
    showInTable(store);
  } else if (evidence.type === 'attempt') {
    const place = nearestMark(source, evidence.attempt, time);
    if (place) selection.selectMark(source.key, place);
    else selection.selectAttempt(source.key, evidence.attempt);
    if (panes.value === 'tabs') showInTable(store);
  } else selection.selectSource(source.key);
  glideTo(navigation, time);
}

/** Of the marks of an attempt, the one that is nearest to `time`. O(log marks). */
function nearestMark(source: Source, attempt: number, time: Milliseconds): MarkPlace | undefined {
  const { tracks } = markIndex(source);
  const places = KINDS.flatMap((kind): MarkPlace[] => {
    const { times } = tracks[kind];
    const at = times.before(time);
    return [at - 1, at, at + 1]
      .filter((index) => index >= 0 && index < times.length && tracks[kind].attempt(index) === attempt)
      .map((index) => ({ kind, attempt, time: times.at(index) }));
  });
  return places.sort((a, b) => Math.abs(a.time - time) - Math.abs(b.time - time))[0];
}
