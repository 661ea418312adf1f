import { laneFaults } from '../../model/lane-faults.ts';
import { markAt } from '../../model/lane-marks.ts';
import { countMarks, newestMarks } from '../../model/mark-list.ts';
import { sessionMarks } from '../../model/session-mark.ts';
import { sourceName } from '../../model/source-name.ts';
import { faultTitle } from '../fault-wording.ts';
import { clock, number } from '../format.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { markTitle, sessionMarkTitle } from '../wording.ts';

/** More would be a list that nobody listens to; the caption says how many there are. */
const MOST = 200;

/** What the picture shows, for those who do not see it: every mark in sight, the newest first. */
export function TimelineTable() {
  const { session, lanes, navigation, second } = useStore();
  const now = second.value;
  const sources = lanes.value;
  // Once a second is enough, so the range is looked at, not watched.
  const range = navigation.range.peek();
  const marks = newestMarks(sources, range, MOST).flatMap(({ source, place }) => {
    const mark = markAt(source, place);
    if (!mark) return [];
    return {
      key: `${source.key} ${place.kind} ${place.attempt}`,
      time: mark.time,
      name: sourceName(source).path,
      words: markTitle(mark).words,
      lastEventId: mark.type === 'connect' ? mark.lastEventId : '',
    };
  });
  const common = sessionMarks(session.log.marks, range, now).map((mark) => ({
    key: `${mark.type} ${mark.time}`,
    time: mark.time,
    name: '',
    words: sessionMarkTitle(mark, now),
    lastEventId: '',
  }));
  const faults = sources.flatMap((source) =>
    laneFaults(source, range).map((rail) => ({
      key: `${source.key} fault ${rail.began}`,
      time: rail.began,
      name: sourceName(source).path,
      words: faultTitle(rail),
      lastEventId: '',
    })),
  );
  const shown = [...marks, ...common, ...faults].sort((a, b) => b.time - a.time).slice(0, MOST);
  return (
    <div class="unseen">
      <table>
        <caption>
          {text(
            'marksCaption',
            number(shown.length),
            number(countMarks(sources, range) + common.length + faults.length),
          )}
        </caption>
        <thead>
          <tr>
            <th>{text('columnTime')}</th>
            <th>{text('columnSource')}</th>
            <th>{text('columnMark')}</th>
            <th>{text('columnLastEventId')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ key, time, name, words, lastEventId }) => (
            <tr key={key}>
              <td>{clock(time, 3)}</td>
              <td>{name}</td>
              <td>{words}</td>
              <td>{lastEventId}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
