import type { Delivery, DownMessage } from '../protocol/message.ts';
import type { NetworkFact } from '../protocol/network.ts';
import type { Port } from '../protocol/port.ts';
import type { Sender } from '../protocol/sender.ts';
import type { Asker } from './asker.ts';
import { EarlyFacts } from './early-facts.ts';

type DevtoolsPort = Port<Delivery, unknown>;
type BridgePort = Port<DownMessage, unknown>;

/** What the pipe needs from the browser. */
export interface Ground {
  register(): Promise<void>;
  unregister(): Promise<void>;
  /** False where the browser does not allow scripts. */
  inject(tab: number): Promise<boolean>;
  /** Asks the DevTools pages: after this background was stopped, they may not have come back to us yet. */
  isInspected(tab: number): Promise<boolean>;
  /** Nobody inspects the tab any longer. */
  left(tab: number): Promise<void>;
}

/**
 * Joins the documents of a tab with the DevTools that inspect it. Looks into no message, and keeps nothing but the open
 * ports: when the background is stopped they close, and everybody connects again.
 */
export class Pipe {
  readonly #devtools = new Map<number, DevtoolsPort>();
  /** By tab: with the origin of the document that each is in. */
  readonly #bridges = new Map<number, Map<BridgePort, string | undefined>>();
  readonly #ground: Ground;

  readonly #early = new EarlyFacts();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** Is any tab inspected, as far as this background knows yet? */
  get inspects(): boolean {
    return this.#devtools.size > 0;
  }

  /** Is the tab inspected, or (of what no tab asked for) one that shows a document of this origin? */
  isInspected({ tab, origin }: Asker): boolean {
    if (tab !== undefined) return this.#devtools.has(tab);
    if (origin === undefined) return false;
    return [...this.#devtools.keys()].some((inspected) => [...this.#bridgesOf(inspected).values()].includes(origin));
  }

  /** Passes on a fact to the DevTools of `tab`; without one, to all of them, which know what concerns them. */
  network(fact: NetworkFact, tab: number | undefined): void {
    const ports = [...this.#devtools].filter(([inspected]) => tab === undefined || tab === inspected);
    for (const [, port] of ports) port.post({ type: 'network', facts: [fact], lost: 0 });
    // Of several that inspect, some may not have come back yet.
    if (tab === undefined || ports.length === 0) this.#early.add(tab, fact);
  }

  /** Whoever inspects a tab has connected by now: what else the network did concerns nobody. */
  settled(): void {
    this.#early.close();
  }

  async connectDevtools(tab: number, port: DevtoolsPort): Promise<void> {
    this.#devtools.set(tab, port);
    port.onMessage((message) => {
      for (const bridge of this.#bridgesOf(tab).keys()) bridge.post(message as DownMessage);
    });
    port.onClose(() => {
      if (this.#devtools.get(tab) === port) this.#disconnectDevtools(tab);
    });
    const { facts, lost } = this.#early.take(tab);
    if (facts.length + lost > 0) port.post({ type: 'network', facts, lost });
    await this.#ground.register();
    const access = await this.#ground.inject(tab);
    port.post({ type: 'ready', access });
  }

  /** `origin`: of the document that it is in. */
  async connectBridge(tab: number, sender: Sender, port: BridgePort, origin?: string): Promise<void> {
    const bridges = this.#bridgesOf(tab);
    bridges.set(port, origin);
    this.#bridges.set(tab, bridges);
    port.onMessage((message) => this.#devtools.get(tab)?.post({ type: 'from', sender, message }));
    port.onClose(() => {
      bridges.delete(port);
      if (bridges.size === 0 && this.#bridges.get(tab) === bridges) this.#bridges.delete(tab);
    });
    if (this.#devtools.has(tab) || (await this.#ground.isInspected(tab)) || this.#devtools.has(tab)) return;
    port.post({ type: 'dismiss' });
    // The last DevTools may have closed while no background was there to see it.
    if (this.#devtools.size === 0) void this.#ground.unregister();
  }

  #disconnectDevtools(tab: number): void {
    this.#devtools.delete(tab);
    for (const bridge of this.#bridgesOf(tab).keys()) bridge.post({ type: 'dismiss' });
    void this.#ground.left(tab);
    if (this.#devtools.size === 0) void this.#ground.unregister();
  }

  #bridgesOf(tab: number): Map<BridgePort, string | undefined> {
    return this.#bridges.get(tab) ?? new Map();
  }
}
