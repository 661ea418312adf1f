import './lower.css';
import type { ComponentChildren } from 'preact';
import type { Source } from '../../model/source.ts';
import { originOf, sourceName } from '../../model/source-name.ts';
import { number } from '../format.ts';
import { useStore } from '../store.ts';
import { text, textOf } from '../text.ts';
import { Splitter } from './splitter.tsx';

interface LowerProps {
  attempts: ComponentChildren;
  events: ComponentChildren;
}

/** What is known of the selected source: both panes if there is room for them, or one of them behind tabs. */
export function Lower({ attempts, events }: LowerProps) {
  const { panes, tab, selection, revision } = useStore();
  revision.value;
  const source = selection.source.value;
  if (!source) return null;
  if (panes.value === 'tabs') {
    return (
      <div class="lower lower-tabs">
        <Tabs source={source} />
        <div class="pane" role="tabpanel" id="lower-panel" aria-labelledby={`tab-${tab.value}`}>
          {tab.value === 'attempts' ? attempts : events}
        </div>
      </div>
    );
  }
  const isBeside = panes.value === 'beside';
  return (
    <div class={`lower lower-${panes.value}`}>
      <section class="pane pane-attempts" aria-labelledby="attempts-title">
        <header class="pane-title" title={source.url}>
          <h2 class="cut" id="attempts-title">
            {sourceName(source).path}
          </h2>
          <span class="dim cut pane-origin">{text('sourceKind', originOf(source.url))}</span>
          <span class="dim number">{textOf('attempts', source.attempts.length, number(source.attempts.length))}</span>
        </header>
        {attempts}
      </section>
      <Splitter
        key={panes.value}
        label={text('resizePanes')}
        property={isBeside ? '--w-attempts' : '--h-attempts'}
        axis={isBeside ? 'x' : 'y'}
        direction={1}
      />
      <section class="pane" aria-labelledby="events-title">
        <header class="pane-title">
          <h2 id="events-title">{text('tabEvents')}</h2>
          <span class="dim number">{number(source.events.length)}</span>
        </header>
        {events}
      </section>
    </div>
  );
}

const TABS = { attempts: 'tabAttempts', events: 'tabEvents' } as const;

function Tabs({ source }: { source: Source }) {
  const { tab, revision } = useStore();
  revision.value;
  const other = tab.value === 'attempts' ? 'events' : 'attempts';
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    tab.value = other;
    document.getElementById(`tab-${other}`)?.focus();
  };
  return (
    <div class="pane-title tabs" role="tablist" aria-label={sourceName(source).path} onKeyDown={onKeyDown}>
      {(['attempts', 'events'] as const).map((name) => (
        <button
          key={name}
          type="button"
          class="tab"
          role="tab"
          id={`tab-${name}`}
          aria-controls="lower-panel"
          aria-selected={tab.value === name}
          tabIndex={tab.value === name ? 0 : -1}
          onClick={() => {
            tab.value = name;
          }}
        >
          {text(TABS[name])}
          <span class="dim number">{number(source[name].length)}</span>
        </button>
      ))}
    </div>
  );
}
