import './lower.css';
import type { ComponentChildren } from 'preact';
import { attemptsWithin, eventsWithin } from '../../model/range-content.ts';
import type { Source } from '../../model/source.ts';
import { originOf, sourceName } from '../../model/source-name.ts';
import { attemptsOf } from '../../model/source-state.ts';
import { number } from '../format.ts';
import { type LowerTab, useStore } from '../store.ts';
import { text, textOf } from '../text.ts';
import { partOf } from '../wording.ts';
import { Splitter } from './splitter.tsx';
import { shownTab, type Tab, Tabs } from './tabs.tsx';

type LowerProps = Record<LowerTab, ComponentChildren>;

/** What is known of the selected source: attempts beside the rest if there is room for both, or all behind tabs. */
export function Lower(panes: LowerProps) {
  const { panes: place, selection, navigation, revision, findings } = useStore();
  revision.value;
  const source = selection.source.value;
  if (!source) return null;
  const chosen = navigation.chosen.value;
  const count = (shown: number, all: number) => (chosen ? partOf(shown, all) : number(all));
  const { first, end } = attemptsWithin(attemptsOf(source), chosen);
  const attempts = count(end - first, attemptsOf(source).length);
  const events = count(chosen ? eventsWithin([source], chosen) : 0, source.events.length);
  const found = findings.value;
  const tabs: Tab<LowerTab>[] = [
    { name: 'events', label: text('tabEvents'), count: events },
    { name: 'verdict', label: text('tabVerdict') },
    { name: 'headers', label: text('tabHeaders') },
    {
      name: 'findings',
      label: text('tabFindings'),
      ...(found.length > 0 && { count: number(found.length), isBad: found.some(({ severity }) => severity === 'bad') }),
    },
  ];
  if (place.value === 'tabs') {
    const first: Tab<LowerTab> = { name: 'attempts', label: text('tabAttempts'), count: attempts };
    return (
      <div class="lower lower-tabs">
        <h2 class="unseen">{sourceName(source).path}</h2>
        <Tabbed panes={panes} tabs={[first, ...tabs]} source={source} />
      </div>
    );
  }
  const isBeside = place.value === 'beside';
  return (
    <div class={`lower lower-${place.value}`}>
      <section class="pane pane-attempts" aria-labelledby="attempts-title">
        <AttemptsTitle source={source} count={attempts} />
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

function AttemptsTitle({ source, count }: { source: Source; count: string }) {
  return (
    <header class="pane-title" title={source.url}>
      <h2 class="cut" id="attempts-title">
        {sourceName(source).path}
      </h2>
      <span class="dim cut pane-origin">{text(KINDS[source.kind], originOf(source.url))}</span>
      <span class="dim number">{textOf('attempts', attemptsOf(source).length, count)}</span>
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
