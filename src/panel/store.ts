import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Host } from '../devtools/attach.ts';
import type { PermissionsKeeper } from '../devtools/permissions.ts';
import type { Session } from '../devtools/session.ts';
import { admitsSource, type Filter, parseFilter } from '../model/filter.ts';
import type { Finding } from '../model/finding.ts';
import { findings } from '../model/findings.ts';
import { laneOrder } from '../model/lane-order.ts';
import type { Settings } from '../model/settings.ts';
import type { Source } from '../model/source.ts';
import { beginning, extent } from '../model/summary.ts';
import type { Permissions } from '../protocol/permissions.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { ROW_HEIGHTS } from './density.ts';
import { frames, present } from './frames.ts';
import { createListing, type Listing } from './listing.ts';
import { media } from './media.ts';
import { createNavigation, type Navigation } from './navigation.ts';
import { createSelection, type Selection } from './selection.ts';

const SECOND: Milliseconds = 1000;
const QUARTER: Milliseconds = 250;
const FRAME: Milliseconds = 16;

export type LowerTab = 'attempts' | 'events' | 'verdict' | 'headers' | 'findings';

/** Signals over a session. Facts change in place: whoever shows them reads `revision`, which grows when they do. */
export interface Store {
  readonly session: Session;
  readonly revision: ReadonlySignal<number>;
  readonly now: ReadonlySignal<Milliseconds>;
  /** `now` in whole seconds: for what shows seconds, and need not change with every frame. */
  readonly second: ReadonlySignal<Milliseconds>;
  /** All sources, in the order in which they are shown. */
  readonly lanes: ReadonlySignal<readonly Source[]>;
  /** What a developer should look at, of all sources, worst first. */
  readonly findings: ReadonlySignal<readonly Finding[]>;
  readonly selection: Selection;
  readonly navigation: Navigation;
  /** What the user wrote into the filter field, and what it means. */
  readonly filterText: Signal<string>;
  readonly filter: ReadonlySignal<Filter>;
  readonly listing: Listing;
  /** Which of the lower panes is shown where there is room for one only. */
  readonly tab: Signal<LowerTab>;
  /** The table of the latest resilience check is shown, in the place of the lower panes. */
  readonly checkShown: Signal<boolean>;
  /** No room for a column of sources beside the timeline. */
  readonly narrow: ReadonlySignal<boolean>;
  /** Where the lower panes are: beside each other, one below the other, or in the same place. */
  readonly panes: ReadonlySignal<'beside' | 'below' | 'tabs'>;
  /** Grows when colours may have changed. */
  readonly appearance: Signal<number>;
  readonly settings: ReadonlySignal<Settings>;
  /** Where times are counted from, if the user wants that; undefined: they are times of day. */
  readonly origin: ReadonlySignal<Milliseconds | undefined>;
  /** Of the rows of a table, in CSS pixels. */
  readonly rowHeight: ReadonlySignal<number>;
  changeSettings(part: Partial<Settings>): void;
  /** What the user lets the extension do. */
  readonly allowed: ReadonlySignal<Permissions>;
  /** Where the user can change it. */
  readonly permissionsPage: Pick<PermissionsKeeper, 'show' | 'showsOwn'>;
  clear(): void;
  dispose(): void;
}

/** `appearance`: to be shared by stores that are shown in one document. */
export function createStore(
  session: Session,
  host: Pick<Host, 'settings' | 'permissions'>,
  appearance: Signal<number> = signal(0),
): Store {
  const { settings: keeper, permissions } = host;
  const { imported } = session;
  const revision = signal(0);
  const now = signal<Milliseconds>(imported?.saved ?? session.log.newest ?? performance.timeOrigin);
  const filterText = signal('');
  const filter = computed(() => parseFilter(filterText.value));
  const lanes = computed(() => {
    revision.value;
    // A copy, as facts change in place: what has the same identity is taken to be the same.
    const shown = filter.value;
    return [...laneOrder(session.log.sources.filter((source) => admitsSource(shown, source)))];
  });
  const whole = computed(() => {
    revision.value;
    return extent(session.log);
  });
  const settings = signal(keeper.value);
  const unkeep = keeper.subscribe(() => {
    settings.value = keeper.value;
  });
  const allowed = signal(permissions.value);
  const unallow = permissions.subscribe(() => {
    allowed.value = permissions.value;
  });
  const origin = computed(() => {
    revision.value;
    return settings.value.time === 'relative' ? beginning(session.log) : undefined;
  });
  const undress = effect(() => {
    document.documentElement.dataset['density'] = settings.value.density;
  });
  const navigation = createNavigation(whole, now);
  // What moves no more is looked at as a whole.
  if (imported) navigation.fit();
  const selection = createSelection(lanes);
  const wide = media('(min-width: 900px)');
  const narrow = media('(max-width: 639px)');
  const high = media('(min-height: 560px)');
  const stillness = media('(prefers-reduced-motion: reduce)');

  const systemLooks = [media('(prefers-color-scheme: dark)'), media('(forced-colors: active)')];
  const unlook = effect(() => {
    for (const look of systemLooks) look.value;
    appearance.value = appearance.peek() + 1;
  });

  /** How long the picture stays true if nothing happens; undefined: for ever, as nothing lives. */
  const truth = (): Milliseconds | undefined => {
    if (imported || session.log.sources.every(({ state }) => state === 'closed')) return undefined;
    if (navigation.mode.value === 'fixed' || stillness.value) return SECOND;
    const { from, to } = navigation.range.value;
    const pixel = (to - from) / navigation.width.value;
    return Math.min(SECOND, Math.max(FRAME, pixel));
  };
  const moment = imported ? () => imported.saved : present(performance.timeOrigin);
  let changed = false;
  const draw = frames((frame) => {
    batch(() => {
      if (changed) revision.value += 1;
      changed = false;
      now.value = moment(frame, session.log.newest);
    });
    return truth();
  });
  const unsubscribe = session.subscribe(() => {
    changed = true;
    draw();
  });
  // Whoever starts to follow, or comes back to this tab, wants to see it at once.
  const unfollow = navigation.mode.subscribe(draw);
  document.addEventListener('visibilitychange', draw);

  const second = computed(() => Math.floor(now.value / SECOND) * SECOND);
  /** Changes when findings are to be looked for again: they look at all sources, and nobody reads faster than this. */
  const pace = computed(() => {
    const count = revision.value;
    // Nothing moves the time any more.
    const isStill = imported !== undefined || session.log.sources.every(({ state }) => state === 'closed');
    return isStill ? `still ${count}` : Math.floor(now.value / QUARTER);
  });
  const found = computed(() => {
    pace.value;
    return findings(session.log.sources, now.peek());
  });

  return {
    session,
    revision,
    now,
    second,
    findings: found,
    lanes,
    selection,
    navigation,
    filterText,
    filter,
    listing: createListing(),
    tab: signal<LowerTab>('attempts'),
    checkShown: signal(false),
    narrow,
    panes: computed(() => (wide.value ? 'beside' : high.value && !narrow.value ? 'below' : 'tabs')),
    appearance,
    settings,
    origin,
    rowHeight: computed(() => ROW_HEIGHTS[settings.value.density]),
    changeSettings: keeper.change,
    allowed,
    permissionsPage: permissions,
    clear() {
      selection.clear();
      if (navigation.chosen.value) navigation.release();
      session.clear();
    },
    dispose() {
      unsubscribe();
      unfollow();
      unlook();
      unkeep();
      unallow();
      undress();
      document.removeEventListener('visibilitychange', draw);
    },
  };
}

const StoreContext = createContext<Store | undefined>(undefined);
export const StoreProvider = StoreContext.Provider;

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (store === undefined) throw new Error('This view is shown outside of StoreProvider');
  return store;
}
