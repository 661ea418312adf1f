import { useState } from 'preact/hooks';
import { curl } from '../../model/curl.ts';
import { eventJson } from '../../model/event-json.ts';
import type { Source } from '../../model/source.ts';
import { attemptsOf } from '../../model/source-state.ts';
import { type StreamItem, textOf } from '../../model/stream-item.ts';
import { copy } from '../clipboard.ts';
import { Icon } from '../icons.tsx';
import { type MessageKey, text } from '../text.ts';
import { ContextMenu, type MenuItem, type Point } from './context-menu.tsx';

/** Stands for a secret in a command; no shell or server takes it for one. */
const HIDDEN = '<hidden>';

/** Copies what was brought: its data, all that is known of it, or the request that brought it. Says whether it worked. */
export function EventCopy({ source, item }: { source: Source; item: StreamItem }) {
  const [said, setSaid] = useState<{ of: StreamItem; key: MessageKey }>();
  const [menu, setMenu] = useState<Point>();
  const take = (words: string, key: MessageKey = 'copied') =>
    setSaid({ of: item, key: copy(words) ? key : 'copyFailed' });
  return (
    <>
      <span class="detail-said cut" role="status">
        {said?.of === item && text(said.key)}
      </span>
      <button
        type="button"
        class="tool"
        data-testid="copy"
        title={text('copyData')}
        aria-label={text('copyData')}
        onClick={() => take(textOf(item))}
      >
        <Icon name="copy" size={14} />
      </button>
      <button
        type="button"
        class="tool detail-caret"
        data-testid="copy-menu"
        title={text('copyMenu')}
        aria-label={text('copyMenu')}
        aria-haspopup="menu"
        aria-expanded={menu !== undefined}
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          setMenu({ x: left, y: bottom });
        }}
      >
        <Icon name="down" size={9} />
      </button>
      {menu && (
        <ContextMenu
          label={text('copyMenu')}
          items={[
            { label: text('copyData'), run: () => take(textOf(item)) },
            { label: text('copyJson'), run: () => take(eventJson(item)) },
            ...curls(source, item, take),
          ]}
          at={menu}
          close={() => setMenu(undefined)}
        />
      )}
    </>
  );
}

/** Secrets are copied only by the one that says so. */
function curls(source: Source, item: StreamItem, take: (words: string, key?: MessageKey) => void): MenuItem[] {
  const attempt = attemptsOf(source).find(({ number }) => number === item.attempt);
  const safe = attempt && curl(attempt, source.url, HIDDEN);
  const whole = attempt && curl(attempt, source.url, undefined);
  if (!safe || !whole) return [];
  const { hasSecrets } = safe;
  const items: MenuItem[] = [
    { label: text('copyCurl'), run: () => take(safe.command, hasSecrets ? 'copiedHidden' : 'copied') },
  ];
  if (hasSecrets) items.push({ label: text('copyCurlWhole'), run: () => take(whole.command) });
  return items;
}
