import './status-bar.css';
import { eventsWithin } from '../../model/range-content.ts';
import { summary } from '../../model/summary.ts';
import { memory, number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { importedState } from '../session-file-wording.ts';
import { useStore } from '../store.ts';
import { type CountKey, text, textOf } from '../text.ts';
import { connectionState, partOf, refusal } from '../wording.ts';
import { BackToPage } from './imported-bar.tsx';

export function StatusBar() {
  const { session, navigation, revision, settings, allowed, permissionsPage, findings, tab } = useStore();
  revision.value;
  const { sources, open, events, malformed, ...losses } = summary(session.log);
  const { connection, refused, imported } = session;
  const { entries, size } = settings.value.limits;
  const chosen = navigation.chosen.value;
  const count = (key: CountKey, value: number) => textOf(key, value, number(value));
  return (
    <footer class="status number" data-testid="status" data-connection={connection}>
      <span class="status-counts">
        <span>{count('sources', sources)}</span>
        {sources > 0 && (
          <>
            <span>{count('open', open)}</span>
            <span data-testid="status-events">
              {textOf(
                'events',
                events,
                chosen ? partOf(eventsWithin(session.log.sources, chosen), events) : number(events),
              )}
            </span>
            <span class={losses.dropped > 0 ? 'tone-waiting' : undefined} title={text('droppedHint')}>
              {count('dropped', losses.dropped)}
            </span>
          </>
        )}
        {losses.trimmed > 0 && (
          <span class="tone-waiting" title={text('trimmedHint', number(entries), memory(size))}>
            {count('trimmed', losses.trimmed)}
          </span>
        )}
        {losses.unrecorded > 0 && <span title={text('unrecordedHint')}>{count('unrecorded', losses.unrecorded)}</span>}
        {malformed > 0 && (
          <span class="tone-failed" title={text('malformedHint')}>
            {count('malformed', malformed)}
          </span>
        )}
      </span>
      <span class="status-findings" role="status">
        {findings.value.length > 0 && (
          <button
            type="button"
            class={findings.value.some(({ severity }) => severity === 'bad') ? 'tone-failed' : undefined}
            data-testid="status-findings"
            title={text('findingsHint')}
            onClick={() => {
              tab.value = 'findings';
              requestAnimationFrame(() => document.getElementById('tab-findings')?.focus());
            }}
          >
            {count('findings', findings.value.length)}
          </button>
        )}
      </span>
      <span class="status-refused cut" role="status">
        {refused && refusal(refused)}
      </span>
      <span class={`status-connection iconed status-${connection}`} role="status">
        <Icon name={connection === 'connected' ? 'dot' : connection === 'connecting' ? 'ring' : 'info'} size={12} />
        <span class="cut">{imported ? importedState(imported) : connectionState(connection)}</span>
      </span>
      {imported && <BackToPage />}
      {/* Where nothing is listed, the whole panel says so. */}
      {connection === 'denied' && !allowed.value.sites && sources > 0 && (
        <button type="button" class="status-link" data-testid="status-sites" onClick={permissionsPage.show}>
          {text(permissionsPage.showsOwn ? 'limitedShowOurs' : 'limitedShow')}
        </button>
      )}
      {connection === 'outdated' && (
        <button type="button" class="status-link" onClick={() => session.reloadPage()}>
          {text('reloadPage')}
        </button>
      )}
    </footer>
  );
}
