import './lower.css';
import type { ComponentChildren } from 'preact';
import type { Source } from '../../model/source.ts';
import { originOf, sourceName } from '../../model/source-name.ts';
import { attemptsOf } from '../../model/source-state.ts';
import { number } from '../format.ts';
import { type LowerTab, useStore } from '../store.ts';
import { text, textOf } from '../text.ts';
import { Splitter } from './splitter.tsx';
import { shownTab, type Tab, Tabs } from './tabs.tsx';

type LowerProps = Record<LowerTab, ComponentChildren>;

/** What is known of the selected source: attempts beside the rest if there is room for both, or all behind tabs. */
export function Lower(panes: LowerProps) {
  const { panes: place, selection, revision } = useStore();
  revision.value;
  const source = selection.source.value;
  if (!source) return null;
  const tabs: Tab<LowerTab>[] = [
    { name: 'events', label: text('tabEvents'), count: number(source.events.length) },
    { name: 'headers', label: text('tabHeaders') },
  ];
  if (place.value === 'tabs') {
    const attempts = {
      name: 'attempts',
      label: text('tabAttempts'),
      count: number(attemptsOf(source).length),
    } as const;
    return (
      <div class="lower lower-tabs">
        <Tabbed panes={panes} tabs={[attempts, ...tabs]} source={source} />
      </div>
    );
  }
  const isBeside = place.value === 'beside';
  return (
    <div class={`lower lower-${place.value}`}>
      <section class="pane pane-attempts" aria-labelledby="attempts-title">
        <AttemptsTitle source={source} />
        {panes.attempts}
      </section>
      <Splitter
        key={place.value}
        label={text('resizePanes')}
        property={isBeside ? '--w-attempts' : '--h-attempts'}
        axis={isBeside ? 'x' : 'y'}
        direction={1}
      />
      <Tabbed panes={panes} tabs={tabs} source={source} />
    </div>
  );
}

function AttemptsTitle({ source }: { source: Source }) {
  const count = attemptsOf(source).length;
  return (
    <header class="pane-title" title={source.url}>
      <h2 class="cut" id="attempts-title">
        {sourceName(source).path}
      </h2>
      <span class="dim cut pane-origin">{text(KINDS[source.kind], originOf(source.url))}</span>
      <span class="dim number">{textOf('attempts', count, number(count))}</span>
    </header>
  );
}

const KINDS = { eventsource: 'sourceKind', fetch: 'sourceKindFetch' } as const;

function Tabbed({ panes, tabs, source }: { panes: LowerProps; tabs: readonly Tab<LowerTab>[]; source: Source }) {
  const { tab } = useStore();
  const shown = shownTab(tabs, tab.value);
  return (
    <div class="pane">
      <Tabs label={sourceName(source).path} tabs={tabs} chosen={tab} controls="lower-panel" />
      <div class="pane-body" role="tabpanel" id="lower-panel" aria-labelledby={`tab-${shown}`}>
        {shown && panes[shown]}
      </div>
    </div>
  );
}
